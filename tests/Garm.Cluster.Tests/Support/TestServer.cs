using Npgsql;

namespace Garm.Cluster.Tests.Support;

/// <summary>A database of its own for one test: the shared SQLite file, or one on the PostgreSQL server that was given.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";

    private const string Variable = "GARM_TEST_POSTGRES";

    private readonly string _name = $"garm_cluster_{Guid.NewGuid():N}";
    private readonly string? _server;

    private TestServer(string? server) => _server = server;

    /// <summary>What the nodes need to find it; nothing for SQLite. The first node makes the database.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings => _server is null
        ? []
        : [("Garm:Database:Provider", PostgreSql), ("Garm:Database:ConnectionString", $"{_server.TrimEnd(';')};Database={_name}")];

    /// <summary>For the test's own eyes; none for SQLite.</summary>
    public string ConnectionString => _server is null
        ? throw new InvalidOperationException("the nodes' folder has the SQLite file")
        : new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = false }.ConnectionString;

    /// <summary>Skips the test where the provider is PostgreSQL and there is no server.</summary>
    /// <param name="provider"><see cref="Sqlite"/> or <see cref="PostgreSql"/>.</param>
    public static TestServer Create(string provider)
    {
        if (provider == Sqlite) return new TestServer(null);
        var server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(server), $"{Variable} is not set: a connection string to a PostgreSQL where databases may be made");
        return new TestServer(server);
    }

    /// <summary>A database on a server that the test has started itself.</summary>
    public static TestServer On(string server) => new(server);

    /// <summary>Drops it; end the nodes first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
    }
}
