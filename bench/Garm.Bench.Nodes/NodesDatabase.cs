using Npgsql;

namespace Garm.Bench.Nodes;

/// <summary>The run's database: the first node makes it, and it is dropped at the end. SQLite's is in the data folder.</summary>
internal sealed class NodesDatabase : IAsyncDisposable
{
    private readonly string _name = $"garm_bench_{Guid.NewGuid():N}";
    private readonly string? _server;

    private NodesDatabase(string? server) => _server = server;

    /// <summary>Null for SQLite.</summary>
    public string? ConnectionString =>
        _server is null ? null : new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public static NodesDatabase Of(string? server) => new(server);

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
    }
}
