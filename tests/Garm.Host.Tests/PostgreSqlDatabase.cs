using Npgsql;

namespace Garm.Host.Tests;

/// <summary>A name on the test server that no database has yet, and the end of the database that a host makes there.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private const string Variable = "GARM_TEST_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"garm_test_{Guid.NewGuid():N}";

    private PostgreSqlDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = false }.ConnectionString;

    /// <summary>Skips the test where there is no server.</summary>
    public static PostgreSqlDatabase Create()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(server), $"{Variable} is not set: a connection string to a PostgreSQL where databases may be made");
        return new PostgreSqlDatabase(server!);
    }

    public Task<object?> ScalarAsync(string query) => RunAsync(ConnectionString, query);

    public async ValueTask DisposeAsync() => await RunAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private static async Task<object?> RunAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
