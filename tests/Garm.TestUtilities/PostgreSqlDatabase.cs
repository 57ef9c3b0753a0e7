using Npgsql;
using Xunit;

namespace Garm.TestUtilities;

/// <summary>An unused database name on a PostgreSQL server, and the removal of the database that a host creates there.</summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private const string Variable = "GARM_TEST_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"garm_test_{Guid.NewGuid():N}";

    private PostgreSqlDatabase(string server) => _server = server;

    /// <summary>For the host, and for the test's own queries.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = false }.ConnectionString;

    /// <summary>The settings with which a host finds it; the first host creates it.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings =>
    [
        ("Garm:Database:Provider", "PostgreSql"),
        ("Garm:Database:ConnectionString", $"{_server.TrimEnd(';')};Database={_name}"),
    ];

    /// <summary>On the server that the environment names; skips the test if it names none.</summary>
    public static PostgreSqlDatabase Create()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(server), $"{Variable} is not set: a connection string to a PostgreSQL where databases may be made");
        return new PostgreSqlDatabase(server!);
    }

    /// <summary>On a server that the test has started itself.</summary>
    public static PostgreSqlDatabase On(string server) => new(server);

    /// <summary>Runs a statement in it; returns the first field of the first row.</summary>
    public Task<object?> ScalarAsync(string query) => RunAsync(ConnectionString, query);

    /// <summary>
    /// Makes it read-only, or writable again. This applies to new sessions, so the others are terminated, as by a failover. It is set from
    /// another database, because in this one it would be a write too.
    /// </summary>
    public async Task SetReadOnlyAsync(bool readOnly)
    {
        await RunAsync(Maintenance, $"ALTER DATABASE {_name} SET default_transaction_read_only = {(readOnly ? "on" : "off")}");
        await RunAsync(Maintenance, $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{_name}'");
    }

    /// <summary>Drops it; end the hosts first.</summary>
    public async ValueTask DisposeAsync() => await RunAsync(Maintenance, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private string Maintenance => new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString;

    private static async Task<object?> RunAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
