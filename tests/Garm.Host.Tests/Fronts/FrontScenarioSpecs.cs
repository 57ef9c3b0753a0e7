using Garm.Golden.Running;
using Garm.Host.Tests.Golden;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;
using Xunit.Abstractions;

namespace Garm.Host.Tests.Fronts;

/// <summary>
/// Recorded scenarios of the original server, played through a hub that stands in front of a hub: what is passed on and what is
/// answered in front are together the server that clients know. Those that differ in what is passed on are always played; all of them
/// where <c>GARM_FRONT_SCENARIOS</c> is <c>all</c>.
/// </summary>
public sealed class FrontScenarioSpecs(GoldenFront shared, ITestOutputHelper output) : IClassFixture<GoldenFront>
{
    // GARM tells of an update that changes nothing, and a source's log has only what changed.
    private static readonly AllowedDifferences Differences = AllowedDifferences.Parse(
        """
        [
          { "scenario": "controller-update", "step": 13, "why": "no event of the CA bundle that is set already" },
          { "scenario": "controller-update", "step": 15, "why": "no event of the CA bundle that is removed already" }
        ]
        """);

    private static readonly HashSet<string> Always = new(
        [
            "auth-login", "auth-token-shapes", "controller-update", "file-object-crud", "misc-read-only", "pools-by-id", "repository-crud",
            "webhook-job-life", "ws-accepted-messages", "ws-control-frames", "ws-filter-replacement", "ws-filters", "ws-handshake",
            "ws-rejected-messages",
        ],
        StringComparer.Ordinal);

    public static IEnumerable<object[]> Played { get; } = Environment.GetEnvironmentVariable("GARM_FRONT_SCENARIOS") == "all"
        ? GoldenScenarios.OnInitialisedServer
        : ((IEnumerable<object[]>)GoldenScenarios.OnInitialisedServer).Where(x => Always.Contains((string)x[0]));

    [LongTheory]
    [MemberData(nameof(Played))]
    public async Task AServerBehindTheHub_IsAsRecorded(string scenario)
    {
        var isClean = false;
        try
        {
            await GoldenScenarios.ShouldBeAsRecordedAsync(await shared.ServerAsync(), scenario, () => shared.Output, output, Differences);
            isClean = !GoldenScenarios.LeavesSomething(scenario);
        }
        finally
        {
            if (!isClean) await shared.SpoilAsync();
        }
    }

    [LongTheory]
    [MemberData(nameof(GoldenScenarios.OnFreshServer), MemberType = typeof(GoldenScenarios))]
    public async Task AFreshServerBehindTheHub_IsAsRecorded(string scenario)
    {
        await using var source = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        await using var front = await FrontedHub.StartAsync(source.BaseUrl);
        await GoldenScenarios.ShouldBeAsRecordedAsync(
            GoldenServer.Fresh(front.Front), scenario, () => $"{source.Output}\nIn front:\n{front.Hub.Output}", output);
    }
}
