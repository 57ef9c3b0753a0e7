using Garm.Golden.Running;
using Garm.Golden.Scenarios;
using Garm.Host.Tests.Description;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Host.Tests.Golden;

/// <summary>Every recorded scenario of the original server, played against the real host.</summary>
[Collection(GoldenHostCollection.Name)]
public sealed class GoldenScenarioSpecs(GoldenHost shared, ITestOutputHelper output)
{
    private static readonly Dictionary<string, Scenario> Scenarios = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.json")
        .Select(Scenario.Load)
        .ToDictionary(scenario => scenario.Name);

    private static readonly AllowedDifferences Allowed =
        AllowedDifferences.Load(Path.Combine(AppContext.BaseDirectory, "differences-from-garm.json"));

    public static TheoryData<string> OnFreshServer => Names(scenario => scenario.NeedsFreshServer);

    public static TheoryData<string> OnInitialisedServer => Names(scenario => !scenario.NeedsFreshServer);

    [Theory]
    [MemberData(nameof(OnInitialisedServer))]
    public async Task Host_ShouldBehaveAsRecorded(string scenario)
    {
        var isClean = false;
        try
        {
            var report = await PlayAsync(await shared.ServerAsync(), scenario);
            if (report.Differences.Count > 0) Fail(report, shared.Output);
            isClean = true;
        }
        finally
        {
            if (!isClean) await shared.SpoilAsync();
        }
    }

    [Theory]
    [MemberData(nameof(OnFreshServer))]
    public async Task FreshHost_ShouldBehaveAsRecorded(string scenario)
    {
        await using var host = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var report = await PlayAsync(GoldenServer.Fresh(host.BaseUrl), scenario);
        if (report.Differences.Count > 0) Fail(report, host.Output);
    }

    [Fact]
    public void AllowedDifferences_ShouldNameRecordedScenarios() => Assert.Subset(
        Scenarios.Keys.ToHashSet(),
        Allowed.Scenarios.ToHashSet());

    private static TheoryData<string> Names(Func<Scenario, bool> predicate) =>
        [.. Scenarios.Values.Where(predicate).Select(scenario => scenario.Name).Order(StringComparer.Ordinal)];

    private async Task<ScenarioReport> PlayAsync(GoldenServer server, string scenario)
    {
        var description = await ApiDocument.ReadAsync(server.BaseUrl);
        var problems = new List<string>();
        var runner = new ScenarioRunner(server, answer => problems.AddRange(description.Problems(answer)));
        var report = Allowed.Apply(await runner.RunAsync(Scenarios[scenario]));
        foreach (var note in report.Notes) output.WriteLine(note);
        Assert.True(problems.Count == 0, $"not as the API's description says:\n{string.Join('\n', problems)}");
        return report;
    }

    private void Fail(ScenarioReport report, string log)
    {
        output.WriteLine("The host wrote:");
        output.WriteLine(log);
        Assert.Fail($"{report.Scenario} differs from its recording:\n{report.Describe()}");
    }
}
