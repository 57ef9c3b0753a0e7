using System.Net;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Microsoft.Data.Sqlite;

namespace Garm.Cluster.Tests.Support;

/// <summary>Hosts in processes of their own that share a folder, and with it a SQLite file, secrets and a cluster.</summary>
public sealed class HubCluster : IAsyncDisposable
{
    /// <summary>Longer than any test takes, so what arrives was not found by polling the log.</summary>
    public const string NoPolling = "1m";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Shorter than the interval of polling the log.
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-cluster-").FullName;
    private readonly List<RunningHost> _hosts = [];

    /// <summary>What the hosts share.</summary>
    public string DataDirectory => Path.Combine(_folder, "data");

    internal HubClient Admin { get; private set; } = null!;

    /// <summary>Starts this number of nodes at once on an empty folder, and creates the administrator.</summary>
    public static Task<(HubCluster Cluster, IReadOnlyList<RunningHost> Nodes)> StartAsync(
        int nodes, params (string Key, string? Value)[] settings) => StartAsync(nodes, _ => settings);

    /// <summary>The same, with settings and a place by number.</summary>
    public static async Task<(HubCluster Cluster, IReadOnlyList<RunningHost> Nodes)> StartAsync(
        int nodes, Func<int, (string Key, string? Value)[]> settings, Func<int, HostPlace>? places = null)
    {
        var cluster = new HubCluster();
        try
        {
            var hosts = await Task.WhenAll(Enumerable.Range(0, nodes).Select(x =>
                cluster.StartNodeAsync(settings(x), places?.Invoke(x) ?? HostPlace.Loopback)));
            var server = await GoldenServer.InitialiseAsync(hosts[0].BaseUrl);
            cluster.Admin = new HubClient(hosts[0].BaseUrl, server.Token);
            return (cluster, hosts);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more node and waits until it is ready.</summary>
    public Task<RunningHost> StartNodeAsync(params (string Key, string? Value)[] settings) =>
        StartNodeAsync(settings, HostPlace.Loopback);

    /// <summary>Starts one more node's process and waits for nothing.</summary>
    public RunningHost Launch(params (string Key, string? Value)[] settings) => Keep(RunningHost.Launch(Settings(settings)));

    /// <summary>Starts one more node at a place and waits until it listens.</summary>
    public async Task<RunningHost> StartListeningAsync((string Key, string? Value)[] settings, HostPlace place) =>
        Keep(await RunningHost.StartListeningAsync(Settings(settings), place));

    /// <summary>The administrator at another node.</summary>
    internal HubClient AdminAt(RunningHost host) => new(host.BaseUrl, Admin.Token);

    /// <summary>The answer of <c>/readyz</c>.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> ReadinessAsync(RunningHost host)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(host.BaseUrl, "/readyz"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The nodes' rows: how many, and how many of them are members.</summary>
    public async Task<(long Rows, long Joined)> NodesAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(DataDirectory, "garm.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*), COALESCE(SUM(joined), 0) FROM nodes";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Waits for this number of rows, all of members.</summary>
    public Task UntilNodesAsync(int count) => Retry.UntilAsync(
        $"the table has {count} members", async () => await NodesAsync() == (count, count), Patience);

    /// <summary>Writes on one node until a socket on another receives it through the mediators; needs <see cref="NoPolling"/>.</summary>
    internal static async Task UntilLinkedAsync(HubClient writer, HubClient reader)
    {
        var number = 0;
        await Retry.UntilAsync("a write on one node comes to a socket on the other", async () =>
        {
            await using var socket = await reader.WatchEverythingAsync();
            await writer.SendAsync("POST", "/api/v1/proxies", new { name = $"link-{Guid.NewGuid():N}", http_proxy = $"http://p{number++}" });
            var frames = await socket.TakeAsync(x => x.Count > 0, TimeSpan.FromMilliseconds(500), TimeSpan.Zero);
            return frames.Count > 0;
        }, LinkPatience);
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        await Task.WhenAll(_hosts.Select(x => x.DiscardAsync().AsTask()));
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<RunningHost> StartNodeAsync((string Key, string? Value)[] settings, HostPlace place) =>
        Keep(await RunningHost.StartAsync(Settings(settings), place));

    private RunningHost Keep(RunningHost host)
    {
        lock (_hosts) _hosts.Add(host);
        return host;
    }

    private Dictionary<string, string?> Settings((string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Garm:DataDirectory"] = DataDirectory,
            ["Garm:Cluster:Hostname"] = "127.0.0.1",

            // Akka's decisions about its members, which some tests wait for.
            ["Logging:LogLevel:Akka.Cluster"] = "Warning",
        };
        foreach (var (key, value) in settings) all[key] = value;
        return all;
    }
}
