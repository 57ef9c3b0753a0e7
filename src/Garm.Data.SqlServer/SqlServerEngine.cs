using System.Data;
using System.Data.Common;
using System.Text.Json;
using Garm.Data.ChangeLog;
using Garm.Data.Writes;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.SqlServer;

/// <summary>SQL Server, from version 2019 (compatibility level 150), and Azure SQL.</summary>
public sealed class SqlServerEngine(string connectionString, int? maxBatchSize = null) : DatabaseEngine
{
    /// <summary>The name in the settings.</summary>
    public const string ProviderName = "SqlServer";

    private const int DatabaseExists = 1801;
    private const int ObjectExists = 2714;

    /// <summary>The schema has no check constraints, which are told with it too.</summary>
    private const int ConstraintConflict = 547;

    /// <summary>The connection is gone when an error is this severe.</summary>
    private const byte Fatal = 20;

    private static readonly HashSet<int> UniqueViolations = [2601, 2627];

    // Connection lost or refused, timeouts, deadlock victim, lock timeout, snapshot conflict, shutdown, failover, and what
    // Azure SQL asks to repeat.
    private static readonly HashSet<int> Transient =
    [
        -2, -1, 2, 20, 53, 64, 121, 233, 258, 596, 921, 923, 926, 927, 983, 1204, 1205, 1222, 3960, 3966, 4060, 4221, 6005, 8628,
        8645, 8651, 9515, 10053, 10054, 10060, 10061, 10922, 10928, 10929, 10936, 11001, 14355, 17142, 17197, 18401, 20041,
        40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
    ];

    /// <inheritdoc />
    public override string Name => ProviderName;

    /// <summary>By code points, where the server's default would take no notice of case.</summary>
    public override string TextCollation => "Latin1_General_100_BIN2";

    /// <inheritdoc />
    public override string NowMillisecondsSql => "DATEDIFF_BIG(millisecond, '19700101', SYSUTCDATETIME())";

    /// <inheritdoc />
    public override void Configure(DbContextOptionsBuilder builder) => builder.UseSqlServer(connectionString, server =>
    {
        server.MigrationsAssembly(typeof(SqlServerEngine).Assembly.GetName().Name);
        if (maxBatchSize is { } size) server.MaxBatchSize(size);
    });

    /// <summary>Says what is wrong with a connection string; null when nothing is.</summary>
    public static string? ConnectionProblem(string connectionString)
    {
        try
        {
            var builder = new SqlConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(builder.DataSource) ? "Server is missing"
                : string.IsNullOrWhiteSpace(builder.InitialCatalog) ? "Database is missing" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return e.Message;
        }
    }

    /// <inheritdoc />
    public override async Task<TakenPositions> AppendAsync(
        DbTransaction transaction, LogAppend append, CancellationToken cancellation)
    {
        var command = new SqlCommand(SqlServerStatements.Append, (SqlConnection)transaction.Connection!, (SqlTransaction)transaction);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add("@count", SqlDbType.Int).Value = append.Rows.Count;
        command.Parameters.Add("@commit_id", SqlDbType.UniqueIdentifier).Value = append.CommitId;
        command.Parameters.Add("@committed_at", SqlDbType.DateTime2).Value = append.CommittedAt;
        command.Parameters.Add("@link", SqlDbType.BigInt).Value = append.Link;
        command.Parameters.Add("@rows", SqlDbType.NVarChar, -1).Value = RowsJson(append.Rows);

        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellation).ConfigureAwait(false)) throw NoHead();
        var taken = new TakenPositions(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));

        // An error of a later statement comes with the rest of the answer.
        while (await reader.NextResultAsync(cancellation).ConfigureAwait(false))
        {
        }

        return taken;
    }

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception exception) =>
        Find<SqlException>(exception) is { } refusal && Numbers(refusal).Any(UniqueViolations.Contains);

    /// <inheritdoc />
    public override bool IsForeignKeyViolation(Exception exception) =>
        Find<SqlException>(exception) is { } refusal && Numbers(refusal).Contains(ConstraintConflict);

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) => Find<SqlException>(exception) is { } refusal
        ? refusal.Class >= Fatal || Numbers(refusal).Any(Transient.Contains)
        : Find<TimeoutException>(exception) is not null;

    /// <inheritdoc />
    public override WriteObstacle? WriteObstacleOf(Exception exception) =>
        Find<SqlException>(exception) is { } refusal ? SqlServerWrites.ObstacleOf(Numbers(refusal)) : null;

    /// <inheritdoc />
    public override bool IsMigrationRace(Exception exception) =>
        Find<SqlException>(exception) is { } refusal && Numbers(refusal).Any(x => x is DatabaseExists or ObjectExists);

    /// <summary>One parameter, whatever the number of rows: a statement takes 2,100 parameters, and one text has one plan.</summary>
    internal static string RowsJson(IReadOnlyList<LogRow> rows) => JsonSerializer.Serialize(
        rows.Select((x, i) => new object?[] { i, x.EntityType, x.Operation, x.EntityId, x.Payload, x.LastState }));

    private static IEnumerable<int> Numbers(SqlException exception) => exception.Errors.Cast<SqlError>().Select(x => x.Number);
}
