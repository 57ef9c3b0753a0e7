using System.Globalization;
using Garm.Cluster.Tests.Support;
using Garm.TestUtilities;

namespace Garm.Cluster.Tests.Nodes;

/// <summary>
/// A node that is killed and restarted is ready before the others have removed its former member. In this test
/// they never remove it by themselves: the split-brain resolver waits longer than any test.
/// </summary>
public sealed class RestartSpecs
{
    private static readonly (string Key, string? Value)[] NeverDecided =
    [
        ("AKKA__CLUSTER__SPLIT_BRAIN_RESOLVER__STABLE_AFTER", "1h"),
        ("Garm:Events:PollInterval", HubCluster.NoPolling),
    ];

    [LongTheory]
    [InlineData(true)] // As a container or a service with a fixed port.
    [InlineData(false)] // Garm:Cluster:Port 0, or a container that gets another address.
    public async Task AKilledNode_IsReadyAgain_AndHearsTheOthers_BeforeTheyHaveDecidedAboutItsPast(bool sameAddress)
    {
        var (cluster, _) = await HubCluster.StartAsync(1, NeverDecided);
        await using var disposal = cluster;
        var address = ("Garm:Cluster:Port", sameAddress ? FreePort.Take().ToString(CultureInfo.InvariantCulture) : "0");
        var node = await cluster.StartNodeAsync([.. NeverDecided, address]);
        await cluster.UntilNodesAsync(2);

        await node.KillAsync();
        var again = await cluster.StartNodeAsync([.. NeverDecided, address]);

        using var reader = cluster.AdminAt(again);
        await HubCluster.UntilLinkedAsync(cluster.Admin, reader);
        await HubCluster.UntilLinkedAsync(reader, cluster.Admin);
    }
}
