using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>Nodes that die at a random moment under load (kill -9), and come back.</summary>
public sealed class KillSpecs(ITestOutputHelper output)
{
    private const int Runs = 2;

    [LongTheory]
    [InlineData(TestServer.Sqlite)]
    [InlineData(TestServer.PostgreSql)]
    public async Task ANodeThatIsKilled_UnderLoad_TakesNothingWithIt(string provider)
    {
        await using var cluster = await FaultCluster.StartAsync(provider, 2);
        await using var load = await Load.StartAsync(cluster);

        for (var run = 0; run < Runs; run++)
        {
            await load.WriteMoreAsync(Random.Shared.Next(1, 30)); // Each run kills at another moment of a write.
            await cluster.KillAsync(run % cluster.Count);
            await load.WriteMoreAsync();
            await cluster.RestartAsync(run % cluster.Count);
            load.EndFault();
        }

        await load.FinishAsync("kill -9 and restart", output, Runs);
    }
}
