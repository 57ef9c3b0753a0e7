using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// One of three nodes is cut off from the two others, both ways, and not from the database. Each node's address is a proxy
/// of the test (<see cref="NodeNetwork"/>), which lets nothing through while the network is cut, and ends no connection: on
/// any machine, without rights, other than with network namespaces.
/// </summary>
public sealed class PartitionSpecs(ITestOutputHelper output)
{
    // What a node logs when a connection to another one ends: in a silent partition none does.
    private const string EndOfAConnection = "Disassociated";

    [SkippableTheory]
    [InlineData(TestServer.Sqlite, NodeNetwork.Healing.Reset)]
    [InlineData(TestServer.PostgreSql, NodeNetwork.Healing.Late)]
    internal async Task BothSidesOfAPartition_GoOnServing_AndAreOneClusterAfterIt(string provider, NodeNetwork.Healing healing)
    {
        await using var network = NodeNetwork.Start(nodes: 3);
        await using var cluster = await FaultCluster.StartAsync(TestServer.Create(provider), 3, network.SettingsOf);
        await using var load = await Load.StartAsync(cluster);

        network.Isolate(2);
        await cluster.UntilDownedAsync(2);
        Assert.DoesNotContain(EndOfAConnection, cluster.Node(2).Output, StringComparison.Ordinal);
        foreach (var node in Enumerable.Range(0, 3)) await ServesAsync(cluster, load, node);
        network.Heal(healing);
        load.EndFault();

        await cluster.UntilReadyAsync();
        await load.FinishAsync($"partition of one from two, {healing}", output);
        Assert.True(network.Blocked > 0, "nothing was held back: the nodes found another way to each other");
    }

    // A write on each node, seen by every subscriber wherever it is connected, while the network is cut.
    private static async Task ServesAsync(FaultCluster cluster, Load load, int node)
    {
        var name = $"apart-{node}";
        using var client = cluster.AdminAt(node);
        var answer = await client.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = Subscriber.Mark });
        Assert.Equal(200, answer.Status);
        load.Record.Acknowledge(name, answer.Cursor!, isMarked: true);
        await load.Record.UntilSeenByAllAsync(name);
    }
}
