namespace Garm.Cluster.Tests.Support;

/// <summary>A database of its own for one test: the shared SQLite file, or one on the PostgreSQL server that was given.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    /// <summary>What the nodes need to find it; nothing for SQLite.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings { get; private init; } = [];

    /// <param name="connectionString">Of a PostgreSQL server, or null for SQLite.</param>
    public static Task<TestServer> CreateAsync(string? connectionString) => Task.FromResult(connectionString is null
        ? new TestServer()
        : new TestServer
        {
            // The first node makes the database; the server is a test's own, so nothing else tidies up after it.
            Settings =
            [
                ("Garm:Database:Provider", "PostgreSql"),
                ("Garm:Database:ConnectionString", $"{connectionString.TrimEnd(';')};Database=garm_cluster_{Guid.NewGuid():N}"),
            ],
        });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
