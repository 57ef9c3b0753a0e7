using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Xunit.Abstractions;

namespace Garm.Host.Tests.Golden;

/// <summary>
/// The recorded scenarios of the original server, played against the real host. Those of one class share a host and run one after the
/// other; two classes halve the time.
/// </summary>
public abstract class GoldenScenarioSpecBase(GoldenHost shared, ITestOutputHelper output)
{
    protected async Task ShouldBeAsRecordedAsync(string scenario)
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
}

/// <summary>Every second scenario, from the first one.</summary>
public sealed class OddGoldenScenarioSpecs(GoldenHost shared, ITestOutputHelper output)
    : GoldenScenarioSpecBase(shared, output), IClassFixture<GoldenHost>
{
    [Theory]
    [MemberData(nameof(GoldenScenarios.HalfOnInitialisedServer), 0, MemberType = typeof(GoldenScenarios))]
    public Task Host_ShouldBehaveAsRecorded(string scenario) => ShouldBeAsRecordedAsync(scenario);
}

/// <summary>Every second scenario, from the second one; those for a new host; and the list of allowed differences.</summary>
public sealed class EvenGoldenScenarioSpecs(GoldenHost shared, ITestOutputHelper output)
    : GoldenScenarioSpecBase(shared, output), IClassFixture<GoldenHost>
{
    private readonly ITestOutputHelper _output = output;

    [Theory]
    [MemberData(nameof(GoldenScenarios.HalfOnInitialisedServer), 1, MemberType = typeof(GoldenScenarios))]
    public Task Host_ShouldBehaveAsRecorded(string scenario) => ShouldBeAsRecordedAsync(scenario);

    [Theory]
    [MemberData(nameof(GoldenScenarios.OnFreshServer), MemberType = typeof(GoldenScenarios))]
    public async Task FreshHost_ShouldBehaveAsRecorded(string scenario)
    {
        await using var host = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        await GoldenScenarios.ShouldBeAsRecordedAsync(GoldenServer.Fresh(host.BaseUrl), scenario, () => host.Output, _output);
    }

    [Fact]
    public void AllowedDifferences_ShouldNameRecordedScenarios() => Assert.Subset(
        GoldenScenarios.Names.ToHashSet(),
        GoldenScenarios.Allowed.Scenarios.ToHashSet());
}
