using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>All nodes are stopped (SIGTERM) and started again, one after the other, as an upgrade does.</summary>
public sealed class RollingRestartSpecs(ITestOutputHelper output)
{
    [LongTheory]
    [InlineData(TestServer.Sqlite)]
    [InlineData(TestServer.PostgreSql)]
    public async Task ARollingRestart_UnderLoad_SaysGoodbye_EndsWithZero_AndLosesNothing(string provider)
    {
        await using var cluster = await FaultCluster.StartAsync(provider, 2);
        await using var load = await Load.StartAsync(cluster);

        for (var node = 0; node < cluster.Count; node++)
        {
            var (listening, goodbyes) = (load.Record.ListeningAt(node), load.Record.Count(x => x.GoingsAway));
            Assert.Equal(0, await cluster.StopAsync(node));
            await load.Record.UntilGoneAwayAsync(goodbyes + listening);
            await load.WriteMoreAsync();
            await cluster.RestartAsync(node);
            await cluster.UntilReadyAsync();
            load.EndFault();
        }

        await load.FinishAsync("rolling restart with SIGTERM", output, cluster.Count);
        Assert.All(load.Record.CloseCodes, x => Assert.Equal(1001, x));
    }
}
