using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// A node is paused (SIGSTOP) until the others have removed it from the cluster, and then resumed (SIGCONT). A process that
/// is paused within a write holds SQLite's lock, and then no node can write. So no writer uses that node,
/// and on SQLite the test requires no writes during the pause, because the node also writes its own heartbeats.
/// </summary>
public sealed class PauseSpecs(ITestOutputHelper output)
{
    [LongTheory]
    [InlineData(TestServer.Sqlite)]
    [InlineData(TestServer.PostgreSql)]
    public async Task ANodeThatStandsStill_GoesOn_AndItsSocketsMissNothing(string provider)
    {
        await using var cluster = await FaultCluster.StartAsync(provider, 3);
        await using var load = await Load.StartAsync(cluster, writers: 2);

        cluster.Node(2).Pause();
        try
        {
            await cluster.UntilDownedAsync(2);
            if (provider == TestServer.PostgreSql) await load.WriteMoreAsync();
        }
        finally
        {
            cluster.Node(2).Resume();
        }

        load.EndFault();
        await load.FinishAsync("SIGSTOP, SIGCONT", output);
        await cluster.UntilAloneAsync(2);
        await cluster.UntilReadyAsync();
    }
}
