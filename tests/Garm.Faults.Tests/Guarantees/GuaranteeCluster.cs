using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Support;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Guarantees;

/// <summary>
/// Two nodes on one file. The first publishes nothing, so its writes reach the second only through the log;
/// the second publishes its writes. Each test recognises its own events by a proxy address.
/// </summary>
public sealed class GuaranteeCluster : IAsyncLifetime
{
    internal const int Silent = 0;
    internal const int Publishing = 1;

    internal FaultCluster Nodes { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // A fixture is also created for skipped tests.
        if (LongTests.SkipReason is not null) return;
        Nodes = await FaultCluster.StartAsync(
            TestServer.Create(TestServer.Sqlite), 2, x => [("Garm:Cluster:PubSub", x == Silent ? "false" : "true")]);
    }

    public async Task DisposeAsync()
    {
        if (Nodes is not null) await Nodes.DisposeAsync();
    }

    /// <summary>Creates a proxy at a node.</summary>
    internal async Task<HubAnswer> CreateAsync(int node, string name, string proxy)
    {
        using var client = Nodes.AdminAt(node);
        return await client.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = proxy });
    }

    /// <summary>Creates proxies with these names, at the nodes in turn, one after the other; returns their cursors.</summary>
    internal async Task<IReadOnlyList<string>> CreateInTurnAsync(string proxy, params string[] names)
    {
        List<string> cursors = [];
        foreach (var (i, name) in names.Index())
        {
            var answer = await CreateAsync(i % 2, name, proxy);
            Assert.Equal(200, answer.Status);
            cursors.Add(answer.Cursor!);
        }

        return cursors;
    }

    /// <summary>A socket at a node, which is live.</summary>
    internal async Task<CursorSocket> ListenAsync(int node, string proxy, string cursor = "now")
    {
        var socket = await CursorSocket.OpenAsync(Nodes, node, cursor, proxy);
        Assert.Equal("caught-up", (await socket.TakeAsync(1))[0].Summary);
        return socket;
    }
}
