using System.Net;
using Garm.Cluster.Tests.Support;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Nodes;

/// <summary>What the other nodes and the clients see when a node ends, crashes or is paused.</summary>
public sealed class NodeEndSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [LongFact]
    public async Task ATermination_LeavesTheCluster_TakesTheRowAway_AndEndsWithZero()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(2);
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        using var leaving = cluster.AdminAt(nodes[1]);
        await using var socket = await leaving.WatchEverythingAsync();

        await nodes[1].StopAsync();

        Assert.Equal((ushort)1001, (await socket.CloseFrameAsync()).Code);
        Assert.Equal(0, nodes[1].ExitCode);
        Assert.Equal((1, 1), await cluster.NodesAsync());
        Assert.Equal(HttpStatusCode.OK, (await HubCluster.ReadinessAsync(nodes[0])).Status);
    }

    [LongFact]
    public async Task AfterACrash_TheOthersGoOn_AndANewNodeGetsIn()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(2, ("Garm:Events:PollInterval", HubCluster.NoPolling));
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(2);
        await using var socket = await cluster.Admin.WatchEverythingAsync();

        await nodes[1].KillAsync();
        await Retry.UntilAsync(
            "the other node logs that it does not answer",
            () => Task.FromResult(nodes[0].Output.Contains("does not answer: it stopped, is paused or is cut off", StringComparison.Ordinal)), Patience);

        await cluster.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "p", http_proxy = "http://p.example.com" });
        Assert.Single(await socket.ProxyEventsAsync(1));
        var third = await cluster.StartNodeAsync(("Garm:Events:PollInterval", HubCluster.NoPolling));
        using var reader = cluster.AdminAt(third);
        await HubCluster.UntilLinkedAsync(cluster.Admin, reader);
    }

    [LongFact]
    public async Task ANodeThatStoodStill_KeepsItsSockets_MissesNothing_AndIsAMemberAgain()
    {
        var (cluster, nodes) = await HubCluster.StartAsync(3);
        await using var disposal = cluster;
        await cluster.UntilNodesAsync(3);
        using var paused = cluster.AdminAt(nodes[2]);
        await using var socket = await paused.WatchEverythingAsync();

        nodes[2].Pause();
        try
        {
            // The row is deleted a minute after the last heartbeat; the cluster removes the member sooner.
            await Retry.UntilAsync(
                "the others go on without it",
                () => Task.FromResult(nodes.Take(2).Any(x => x.Output.Contains("is downing", StringComparison.Ordinal))), Patience);
            for (var i = 0; i < 5; i++)
                await cluster.Admin.SendAsync("POST", "/api/v1/proxies", new { name = $"p{i}", http_proxy = "http://p.example.com" });
        }
        finally
        {
            nodes[2].Resume();
        }

        var events = await socket.ProxyEventsAsync(5);
        Assert.Equal(5, events.Distinct().Count());
        await Retry.UntilAsync(
            "the node has started its cluster system anew",
            () => Task.FromResult(nodes[2].Output.Contains("joins again", StringComparison.Ordinal)), Patience);
        await nodes[2].WaitUntilReadyAsync();
        await socket.SyncAsync(TimeSpan.FromSeconds(10));
        await cluster.UntilNodesAsync(3);
    }
}
