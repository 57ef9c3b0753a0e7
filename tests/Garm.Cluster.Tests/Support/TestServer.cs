using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Support;

/// <summary>A database of its own for one test: the shared SQLite file, or one on a PostgreSQL server.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";

    private readonly PostgreSqlDatabase? _database;

    private TestServer(PostgreSqlDatabase? database) => _database = database;

    /// <summary>The settings with which the nodes find it; none for SQLite. The first node creates the database.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings => _database?.Settings ?? [];

    /// <summary>For the test's own queries; null for SQLite.</summary>
    public string ConnectionString =>
        _database?.ConnectionString ?? throw new InvalidOperationException("the nodes' folder has the SQLite file");

    /// <summary>Skips the test if the provider is PostgreSQL and there is no server.</summary>
    /// <param name="provider"><see cref="Sqlite"/> or <see cref="PostgreSql"/>.</param>
    public static TestServer Create(string provider) => new(provider == Sqlite ? null : PostgreSqlDatabase.Create());

    /// <summary>A database on a server that the test has started itself.</summary>
    public static TestServer On(string server) => new(PostgreSqlDatabase.On(server));

    /// <summary>Drops it; end the nodes first.</summary>
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
