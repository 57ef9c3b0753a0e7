using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Xunit.Abstractions;

namespace Garm.Host.Tests.Golden;

/// <summary>Every recorded scenario of the original server, played against the real host.</summary>
[Collection(GoldenHostCollection.Name)]
public sealed class GoldenScenarioSpecs(GoldenHost shared, ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(GoldenScenarios.OnInitialisedServer), MemberType = typeof(GoldenScenarios))]
    public async Task Host_ShouldBehaveAsRecorded(string scenario)
    {
        var isClean = false;
        try
        {
            await GoldenScenarios.ShouldBeAsRecordedAsync(await shared.ServerAsync(), scenario, () => shared.Output, output);
            isClean = !GoldenScenarios.LeavesSomething(scenario);
        }
        finally
        {
            if (!isClean) await shared.SpoilAsync();
        }
    }

    [Theory]
    [MemberData(nameof(GoldenScenarios.OnFreshServer), MemberType = typeof(GoldenScenarios))]
    public async Task FreshHost_ShouldBehaveAsRecorded(string scenario)
    {
        await using var host = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        await GoldenScenarios.ShouldBeAsRecordedAsync(GoldenServer.Fresh(host.BaseUrl), scenario, () => host.Output, output);
    }

    [Fact]
    public void AllowedDifferences_ShouldNameRecordedScenarios() => Assert.Subset(
        GoldenScenarios.Names.ToHashSet(),
        GoldenScenarios.Allowed.Scenarios.ToHashSet());
}
