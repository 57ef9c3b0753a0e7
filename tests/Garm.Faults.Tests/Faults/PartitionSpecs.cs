using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// One of three nodes is cut off from the two others, in both directions and without closing connections, but not from the database: by
/// proxies of the test (<see cref="NodeNetwork"/>) on any machine, and by the kernel if that is permitted (<see cref="NamespacedNetwork"/>).
/// </summary>
public sealed class PartitionSpecs(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const int Isolated = 2;

    // The log message of a node that has to reopen a connection and cannot: in a silent partition no connection has ended.
    private const string TriesAgain = "Tried to associate";

    private const string Decides = "is downing";

    [LongTheory]
    [InlineData(TestServer.Sqlite, NodeNetwork.Healing.Reset)]
    [InlineData(TestServer.PostgreSql, NodeNetwork.Healing.Late)]
    internal async Task BothSidesOfAPartition_GoOnServing_AndAreOneClusterAfterIt(string provider, NodeNetwork.Healing healing)
    {
        await using var network = NodeNetwork.Start(Nodes);
        await using var cluster = await FaultCluster.StartAsync(TestServer.Create(provider), Nodes, network.SettingsOf);
        await using var load = await Load.StartAsync(cluster);

        var told = cluster.Node(Isolated).Output.Length;
        network.Isolate(Isolated);
        await GoOnApartAsync(cluster, load, told);
        Assert.True(network.Blocked > 0, "nothing was held back: the nodes found another way to each other");

        network.Heal(healing);
        await GoOnTogetherAsync(cluster, load, $"partition of one from two, {healing}");
    }

    [LongTheory]
    [InlineData(TestServer.Sqlite)]
    [InlineData(TestServer.PostgreSql)]
    public async Task BothSidesOfAPartition_InNetworkNamespaces_GoOnServing_AndAreOneClusterAfterIt(string provider)
    {
        await using var network = await NamespacedNetwork.StartAsync(Nodes);

        // A server on another machine would be unreachable; a local one has a socket file, which namespaces do not hide.
        await using var server = provider == TestServer.PostgreSql ? await PrivatePostgres.StartAsync() : null;
        var database = server is null ? TestServer.Create(provider) : TestServer.On(server.ServerBySocket);
        await using var cluster = await FaultCluster.StartAsync(database, Nodes, network.SettingsOf, network.PlaceOf);
        await using var load = await Load.StartAsync(cluster);

        var told = cluster.Node(Isolated).Output.Length;
        await network.CutAsync(Isolated);
        var atCut = await network.PacketsAsync(Isolated);
        await GoOnApartAsync(cluster, load, told);
        Assert.False(await network.ConnectsAsync(Isolated, 0), "the nodes reach each other");
        var atHeal = await network.PacketsAsync(Isolated);
        Assert.True(atHeal.From > atCut.From, "the node sent nothing that could vanish");
        Assert.Equal(atCut.To, atHeal.To);

        await network.HealAsync(Isolated);
        await GoOnTogetherAsync(cluster, load, "partition of one from two, namespaces");
        Assert.True(await network.ConnectsAsync(Isolated, 0));
    }

    private static async Task GoOnApartAsync(FaultCluster cluster, Load load, int told)
    {
        await cluster.UntilDownedAsync(Isolated);
        await cluster.UntilAloneAsync(Isolated);

        // Once a node has decided to end its membership, it closes its connections itself.
        var sinceCut = cluster.Node(Isolated).Output[told..];
        Assert.Contains(Decides, sinceCut, StringComparison.Ordinal);
        Assert.DoesNotContain(TriesAgain, sinceCut[..sinceCut.IndexOf(Decides, StringComparison.Ordinal)], StringComparison.Ordinal);

        foreach (var node in Enumerable.Range(0, Nodes)) await ServesAsync(cluster, load, node);
    }

    private async Task GoOnTogetherAsync(FaultCluster cluster, Load load, string fault)
    {
        load.EndFault();
        await cluster.UntilReadyAsync();
        await load.FinishAsync(fault, output);
    }

    // A write on each node, seen by every subscriber on every node, while the network is cut.
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
