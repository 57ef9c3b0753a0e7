using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>
/// A node that stands still (SIGSTOP) until the others have gone on without it, and then goes on (SIGCONT). A process that
/// is stopped within a write holds SQLite's lock all the while, and then nobody writes: so nobody writes at that node here,
/// and on SQLite no write is insisted on while it stands still, for it writes heartbeats of its own.
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
