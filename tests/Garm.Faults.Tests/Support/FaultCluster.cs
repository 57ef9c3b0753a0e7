using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Support;

/// <summary>Nodes in processes of their own on one database of their own, which are killed, paused and started again by number.</summary>
internal sealed class FaultCluster : INodes, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestServer _database;
    private readonly HubCluster _cluster;
    private readonly RunningHost?[] _nodes;
    private readonly Func<int, (string Key, string? Value)[]> _settings;
    private readonly Func<int, HostPlace> _places;

    private FaultCluster(
        TestServer database,
        HubCluster cluster,
        IReadOnlyList<RunningHost> nodes,
        Func<int, (string Key, string? Value)[]> settings,
        Func<int, HostPlace> places)
    {
        (_database, _cluster, _nodes, _settings, _places) = (database, cluster, [.. nodes], settings, places);
        Provider = settings(0).Any(x => x.Value == TestServer.PostgreSql) ? TestServer.PostgreSql : TestServer.Sqlite;
    }

    public string Provider { get; }

    public string Token => _cluster.Admin.Token;

    public int Count => _nodes.Length;

    /// <summary>The SQLite file.</summary>
    public string SqliteFile => Path.Combine(_cluster.DataDirectory, "garm.db");

    /// <summary>The PostgreSQL database, for the test's own queries.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>Starts this number of nodes, with the same settings.</summary>
    public static Task<FaultCluster> StartAsync(string provider, int nodes, params (string Key, string? Value)[] settings) =>
        StartAsync(TestServer.Create(provider), nodes, _ => settings);

    /// <summary>Starts this number of nodes, with settings by number, each at its place or beside the tests.</summary>
    public static async Task<FaultCluster> StartAsync(
        TestServer database, int nodes, Func<int, (string Key, string? Value)[]> settings, Func<int, HostPlace>? places = null)
    {
        places ??= _ => HostPlace.Loopback;
        (string, string?)[] All(int number) => [.. database.Settings, .. settings(number)];
        try
        {
            var (cluster, all) = await HubCluster.StartAsync(nodes, All, places);
            return new FaultCluster(database, cluster, all, All, places);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public RunningHost Node(int number) => _nodes[number] ?? throw new InvalidOperationException($"node {number} does not run");

    public Uri? AddressOf(int number) => _nodes[number % _nodes.Length]?.BaseUrl;

    /// <summary>The administrator at a node.</summary>
    public HubClient AdminAt(int number) => _cluster.AdminAt(Node(number));

    /// <summary>Ends a node as a crash does.</summary>
    public async Task KillAsync(int number)
    {
        var node = Node(number);
        _nodes[number] = null;
        await node.KillAsync();
    }

    /// <summary>Stops a node as an operator does; returns its exit code.</summary>
    public async Task<int?> StopAsync(int number)
    {
        var node = Node(number);
        await node.StopAsync();
        _nodes[number] = null;
        return node.ExitCode;
    }

    /// <summary>
    /// Restarts the node with this number and waits until it listens: it serves from then on, and is ready some seconds
    /// later, when it is a member.
    /// </summary>
    public async Task RestartAsync(int number) =>
        _nodes[number] = await _cluster.StartListeningAsync(_settings(number), _places(number));

    /// <summary>Waits until every running node is ready.</summary>
    public Task UntilReadyAsync() => Task.WhenAll(_nodes.OfType<RunningHost>().Select(x => x.WaitUntilReadyAsync()));

    /// <summary>Waits until the others have removed a node from the cluster.</summary>
    public Task UntilDownedAsync(int number) => Retry.UntilAsync(
        $"the others go on without node {number}",
        () => Task.FromResult(_nodes.Where((_, i) => i != number).Any(x => x!.Output.Contains("is downing", StringComparison.Ordinal))),
        Patience);

    /// <summary>Waits until a node has noticed its removal from the cluster: it is ready again only when it has rejoined.</summary>
    public Task UntilAloneAsync(int number) => Retry.UntilAsync(
        $"node {number} knows that it was left behind",
        () => Task.FromResult(Node(number).Output.Contains("joins again", StringComparison.Ordinal)),
        Patience);

    /// <summary>The names of all proxies, as the API lists them.</summary>
    public async Task<IReadOnlySet<string>> StoredAsync()
    {
        using var client = AdminAt(Array.FindIndex(_nodes, x => x is not null));
        var answer = await client.SendAsync("GET", "/api/v1/proxies");
        Assert.Equal(200, answer.Status);
        return answer.Json.EnumerateArray().Select(x => x.GetProperty("name").GetString()!).ToHashSet();
    }

    /// <summary>Ends every process, and then the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _database.DisposeAsync();
    }
}
