using System.Net;
using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Nodes;

/// <summary>Real hosts on one SQLite file find each other, and a write on one reaches the sockets of the others.</summary>
public sealed class FormationSpecs
{
    [LongFact]
    public async Task NodesThatStartAtOnce_OnAnEmptyFolder_FormOneCluster()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(3, ("Garm:Events:PollInterval", HubCluster.NoPolling));
        await using var disposal = cluster;

        await cluster.UntilNodesAsync(3);

        // No node polls the log, so what arrives came through the cluster; and all nodes sign with one secret.
        foreach (var (from, to) in new[] { (0, 1), (1, 2), (2, 0) })
        {
            using var writer = cluster.AdminAt(nodes[from]);
            using var reader = cluster.AdminAt(nodes[to]);
            await HubCluster.UntilLinkedAsync(writer, reader);
        }
    }

    [LongFact]
    public async Task Writes_OnEveryNode_ReachEveryNodesSockets_EachOnce_InOneOrder()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;
        using var a = cluster.AdminAt(nodes[0]);
        using var b = cluster.AdminAt(nodes[1]);
        await using var onA = await a.WatchEverythingAsync();
        await using var onB = await b.WatchEverythingAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            (i % 2 == 0 ? a : b).SendAsync("POST", "/api/v1/proxies", new { name = $"p{i}", http_proxy = "http://p.example.com" })));

        Assert.All(answers, x => Assert.Equal(200, x.Status));
        var seenOnA = await onA.ProxyEventsAsync(40);
        var seenOnB = await onB.ProxyEventsAsync(40);
        Assert.Equal(seenOnA, seenOnB);
        Assert.Equal(40, seenOnA.Distinct().Count());
    }

    [LongFact]
    public async Task NodesWithoutAHostname_OnOneDatabase_DeliverThroughTheLog()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(2, ("Garm:Cluster:Hostname", null));
        await using var disposal = cluster;
        using var other = cluster.AdminAt(nodes[1]);
        await using var socket = await other.WatchEverythingAsync();

        await cluster.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "p", http_proxy = "http://p.example.com" });

        Assert.Single(await socket.ProxyEventsAsync(1));
        Assert.Equal((0, 0), await cluster.NodesAsync());
    }

    [LongFact]
    public async Task ANodeOfSeedNodes_JoinsThroughThem()
    {
        var port = FreePort.Take();
        var seed = $"akka.tcp://garm@127.0.0.1:{port}";
        var (cluster, nodes) = await HubCluster.StartAsync(
            1, ("Garm:Cluster:Port", $"{port}"), ("Garm:Cluster:SeedNodes:0", seed), ("Garm:Events:PollInterval", HubCluster.NoPolling));
        await using var disposal = cluster;

        var second = await cluster.StartNodeAsync(
            ("Garm:Cluster:SeedNodes:0", seed), ("Garm:Events:PollInterval", HubCluster.NoPolling));

        using var reader = cluster.AdminAt(second);
        await HubCluster.UntilLinkedAsync(cluster.Admin, reader);
        Assert.Equal(HttpStatusCode.OK, (await HubCluster.ReadinessAsync(nodes[0])).Status);
    }
}
