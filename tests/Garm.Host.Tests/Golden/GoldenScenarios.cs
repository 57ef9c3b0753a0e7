using Garm.Golden.Running;
using Garm.Golden.Scenarios;
using Garm.Host.Tests.Description;
using Xunit.Abstractions;

namespace Garm.Host.Tests.Golden;

/// <summary>The recorded scenarios of the original server, and how one is played against a hub.</summary>
public static class GoldenScenarios
{
    private static readonly Dictionary<string, Scenario> Scenarios = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.json")
        .Select(Scenario.Load)
        .ToDictionary(scenario => scenario.Name);

    /// <summary>Where the hub may differ.</summary>
    internal static AllowedDifferences Allowed { get; } =
        AllowedDifferences.Load(Path.Combine(AppContext.BaseDirectory, "differences-from-garm.json"));

    public static IEnumerable<string> Names => Scenarios.Keys;

    public static TheoryData<string> OnFreshServer => NamesOf(scenario => scenario.NeedsFreshServer);

    public static TheoryData<string> OnInitialisedServer => NamesOf(scenario => !scenario.NeedsFreshServer);

    /// <summary>Plays a scenario; what differs fails the test.</summary>
    internal static async Task ShouldBeAsRecordedAsync(GoldenServer server, string name, Func<string> log, ITestOutputHelper output)
    {
        var description = await ApiDocument.ReadAsync(server.BaseUrl);
        var problems = new List<string>();
        var runner = new ScenarioRunner(server, answer => problems.AddRange(description.Problems(answer)));
        var report = Allowed.Apply(await runner.RunAsync(Scenarios[name]));
        foreach (var note in report.Notes) output.WriteLine(note);
        Assert.True(problems.Count == 0, $"not as the API's description says:\n{string.Join('\n', problems)}");
        if (report.Differences.Count == 0) return;

        using (var dbg = new Garm.Host.Tests.Hub.HubClient(server.BaseUrl, server.Token)) { foreach (var t in (await dbg.SendAsync("GET", "/api/v1/templates")).Json.EnumerateArray()) output.WriteLine("TPL " + t.GetProperty("name") + " " + t.GetProperty("description")); }
        output.WriteLine("The host wrote:");
        output.WriteLine(log());
        Assert.Fail($"{report.Scenario} differs from its recording:\n{report.Describe()}");
    }

    private static TheoryData<string> NamesOf(Func<Scenario, bool> predicate) =>
        [.. Scenarios.Values.Where(predicate).Select(scenario => scenario.Name).Order(StringComparer.Ordinal)];
}
