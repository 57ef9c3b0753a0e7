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

    /// <summary>Every second one of them, from the first (0) or the second (1).</summary>
    public static TheoryData<string> HalfOnInitialisedServer(int first) =>
        [.. ((IEnumerable<object[]>)OnInitialisedServer).Select(x => (string)x[0]).Where((_, i) => i % 2 == first)];

    /// <summary>
    /// Whether the scenario leaves something behind, so that no other should follow on the same server: a template that GARM refuses is
    /// taken by the hub, and the recording does not delete it.
    /// </summary>
    internal static bool LeavesSomething(string name) => name == "template-errors-and-use";

    /// <summary>Plays a scenario; what differs fails the test.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The scenario.</param>
    /// <param name="log">What the server wrote.</param>
    /// <param name="output">The test's.</param>
    /// <param name="further">Where it may differ besides.</param>
    internal static async Task ShouldBeAsRecordedAsync(
        GoldenServer server, string name, Func<string> log, ITestOutputHelper output, AllowedDifferences? further = null)
    {
        var description = await ApiDocument.ReadAsync(server.BaseUrl);
        var problems = new List<string>();
        var runner = new ScenarioRunner(server, answer => problems.AddRange(description.Problems(answer)));
        var report = Allowed.Apply(await runner.RunAsync(Scenarios[name]));
        report = further?.Apply(report) ?? report;
        foreach (var note in report.Notes) output.WriteLine(note);
        Assert.True(problems.Count == 0, $"not as the API's description says:\n{string.Join('\n', problems)}");
        if (report.Differences.Count == 0) return;

        output.WriteLine("The host wrote:");
        output.WriteLine(log());
        Assert.Fail($"{report.Scenario} differs from its recording:\n{report.Describe()}");
    }

    private static TheoryData<string> NamesOf(Func<Scenario, bool> predicate) =>
        [.. Scenarios.Values.Where(predicate).Select(scenario => scenario.Name).Order(StringComparer.Ordinal)];
}
