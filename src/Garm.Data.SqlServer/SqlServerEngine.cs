using System.Data.Common;
using System.Text.Json;
using Garm.Data.Engines;
using Garm.Data.SqlServer.CompiledModel;
using Garm.Data.Writes;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.SqlServer;

/// <summary>SQL Server, from version 2019 (compatibility level 150), and Azure SQL.</summary>
public sealed class SqlServerEngine(string connectionString, int? maxBatchSize = null) : DatabaseEngine
{
    /// <summary>The name in the settings.</summary>
    public const string ProviderName = "SqlServer";

    private readonly string _connectionString = SqlServerConnection.Complete(connectionString);

    /// <inheritdoc />
    public override string Name => ProviderName;

    /// <summary>By code points, while the server's default may ignore case.</summary>
    public override string TextCollation => "Latin1_General_100_BIN2";

    /// <inheritdoc />
    public override bool AppendCommits => true;

    /// <inheritdoc />
    public override string NowMillisecondsSql => "DATEDIFF_BIG(millisecond, '19700101', SYSUTCDATETIME())";

    /// <inheritdoc />
    public override IModel CompiledModel => GarmDbContextModel.Instance;

    /// <inheritdoc />
    public override void Configure(DbContextOptionsBuilder builder) => builder
        .UseSqlServer(_connectionString, server =>
        {
            server.MigrationsAssembly(typeof(SqlServerEngine).Assembly.GetName().Name);
            if (maxBatchSize is { } size) server.MaxBatchSize(size);
        })
        .AddInterceptors(ExactTexts.Instance);

    /// <inheritdoc />
    public override Task<TakenPositions> AppendAsync(
        DbTransaction transaction, LogAppend append, CancellationToken cancellation) =>
        SqlServerAppend.ExecuteAsync((SqlTransaction)transaction, append, NoHead, cancellation);

    /// <inheritdoc />
    public override Task ApplyStatesAsync(
        DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation) =>
        SqlServerAppend.ApplyStatesAsync((SqlTransaction)transaction, changes, cancellation);

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception exception) =>
        Find<SqlException>(exception) is { } refusal && SqlServerErrors.IsUniqueViolation(refusal);

    /// <inheritdoc />
    public override bool IsForeignKeyViolation(Exception exception) =>
        Find<SqlException>(exception) is { } refusal && SqlServerErrors.IsForeignKeyViolation(refusal);

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) => Find<SqlException>(exception) is { } refusal
        ? SqlServerErrors.IsTransient(refusal)
        : Find<TimeoutException>(exception) is not null;

    /// <inheritdoc />
    public override WriteObstacle? WriteObstacleOf(Exception exception) =>
        Find<SqlException>(exception) is { } refusal ? SqlServerWrites.ObstacleOf(SqlServerErrors.Numbers(refusal)) : null;

    /// <inheritdoc />
    public override bool IsMigrationRace(Exception exception) =>
        Find<SqlException>(exception) is { } refusal && SqlServerErrors.IsMigrationRace(refusal);

    /// <inheritdoc />
    public override bool IsCancellation(Exception exception) =>
        base.IsCancellation(exception) || (Find<SqlException>(exception) is { } refusal && SqlServerErrors.IsCancellation(refusal));

    /// <summary>A login's default may be NOCOUNT ON, with which the server does not return numbers of rows.</summary>
    public override string Counted(string sql) => $"SET NOCOUNT OFF; {sql}";

    /// <inheritdoc />
    public override Task ReachAsync(GarmDbContext db, bool mayChange, CancellationToken cancellation) =>
        new SqlServerStart(new SqlServerStartConnection(_connectionString)).PrepareAsync(mayChange, cancellation);

    /// <summary>
    /// Refuses triggers: a write that returns generated values (keys, whether the row existed) fails on a table with a trigger.
    /// </summary>
    public override async Task CheckSchemaAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var tables = db.Model.GetEntityTypes().Select(x => x.GetTableName()).OfType<string>().Distinct();
        await db.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            var command = (SqlCommand)db.Database.GetDbConnection().CreateCommand();
            await using var disposal = command.ConfigureAwait(false);
            command.CommandText = SqlServerStatements.FindTriggers;
            command.Parameters.AddWithValue("@tables", JsonSerializer.Serialize(tables));
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using var readerDisposal = reader.ConfigureAwait(false);
            var found = new List<string>();
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false)) found.Add($"{reader.GetString(0)} on {reader.GetString(1)}");
            if (found.Count == 0) return;
            throw new DatabaseRefusedException(
                $"the hub's tables have triggers ({string.Join(", ", found)}), and SQL Server refuses the hub's writes to such tables: "
                + "drop the triggers, and use the hub's events instead");
        }
        finally
        {
            await db.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }
}
