using Microsoft.Data.SqlClient;

namespace Garm.Data.SqlServer;

/// <summary>Uses a real server.</summary>
internal sealed class SqlServerStartConnection(string connectionString) : ISqlServerStart
{
    private readonly string _own = SqlServerConnection.Unpooled(connectionString);
    private readonly string _master = SqlServerConnection.OfMaster(connectionString);

    /// <inheritdoc />
    public string Database { get; } = SqlServerConnection.DatabaseOf(connectionString);

    /// <inheritdoc />
    public async Task<DatabaseTraits> ReadTraitsAsync(CancellationToken cancellation) =>
        await ReadAsync(
            _own, SqlServerStatements.ReadTraits, x => new DatabaseTraits(x.GetInt32(0) == 1, x.GetInt32(1), x.GetInt32(2) == 0), cancellation)
            .ConfigureAwait(false)
        ?? throw new InvalidOperationException("sys.databases has no row of the database that is open");

    /// <inheritdoc />
    public Task<FoundDatabase?> FindAsync(CancellationToken cancellation) => ReadAsync(
        _master, SqlServerStatements.FindDatabase, x => new FoundDatabase(x.GetInt32(0), x.GetString(1), x.GetInt32(2) == 1), cancellation,
        new SqlParameter("@name", Database));

    /// <inheritdoc />
    public Task CreateAsync(CancellationToken cancellation) =>
        RunAsync(_master, SqlServerStatements.CreateDatabase(Database), cancellation);

    /// <inheritdoc />
    public Task TurnSnapshotOnAsync(CancellationToken cancellation) =>
        RunAsync(_own, SqlServerStatements.TurnSnapshotOn, cancellation);

    private static async Task<T?> ReadAsync<T>(
        string where, string sql, Func<SqlDataReader, T> row, CancellationToken cancellation, params SqlParameter[] parameters)
        where T : class
    {
        var connection = new SqlConnection(where);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        var command = connection.CreateCommand();
        await using var commandDisposal = command.ConfigureAwait(false);
        command.CommandText = sql;
        command.Parameters.AddRange(parameters);
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellation).ConfigureAwait(false) ? row(reader) : null;
    }

    private static async Task RunAsync(string where, string sql, CancellationToken cancellation)
    {
        var connection = new SqlConnection(where);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        var command = connection.CreateCommand();
        await using var commandDisposal = command.ConfigureAwait(false);
        command.CommandText = sql;
        command.CommandTimeout = 0; // The caller limits the time.
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
