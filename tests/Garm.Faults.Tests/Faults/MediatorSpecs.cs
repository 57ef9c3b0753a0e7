using Garm.Cluster.Tests.Support;
using Garm.Faults.Tests.Loads;
using Garm.Faults.Tests.Support;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Faults.Tests.Faults;

/// <summary>No node publishes to any other: every event comes from the log.</summary>
public sealed class MediatorSpecs(ITestOutputHelper output)
{
    [LongTheory]
    [InlineData(TestServer.Sqlite)]
    [InlineData(TestServer.PostgreSql)]
    public async Task WithoutTheMediator_EveryEventComes_FromTheLog(string provider)
    {
        await using var cluster = await FaultCluster.StartAsync(provider, 2, ("Garm:Cluster:PubSub", "false"));
        await using var load = await Load.StartAsync(cluster);

        await load.WriteMoreAsync(100);
        load.EndFault();

        await load.FinishAsync("no mediator", output);
    }
}
