using System.Text.Json;
using Garm.Golden.Running;
using Garm.Golden.Scenarios;
using static Garm.Golden.Tests.Recordings;

namespace Garm.Golden.Tests;

public sealed class ScenarioRunnerSpecs
{
    private const string Short = "github-endpoint-in-use";

    [Theory]
    [InlineData("00-fresh-first-run")]
    [InlineData("proxy-crud")]
    [InlineData("controller-update")]
    [InlineData("repository-crud")]
    [InlineData("ws-handshake")]
    [InlineData("ws-filters")]
    [InlineData("ws-filter-replacement")]
    public async Task ServerThatBehavesAsRecorded_ShouldPass(string scenario)
    {
        var report = await PlayAsync(scenario);

        Assert.True(report.Differences.Count == 0, report.Describe());
    }

    [Fact]
    public async Task OtherStatus_ShouldBeReported() => AssertDiffers(
        await PlayAsync("auth-login", 1, step => step with { Response = step.Response! with { Status = 418 } }),
        "status: expected");

    [Fact]
    public async Task OtherBody_ShouldBeReported() => AssertDiffers(
        await PlayAsync("auth-login", 1, step => step with { Response = step.Response! with { Body = Element("{}") } }),
        "missing");

    [Fact]
    public async Task MissingEvent_ShouldBeReported() => AssertDiffers(
        await PlayAsync(Short, FirstWithEvents(Short), step => step with { Events = [] }),
        "missing create github_endpoint");

    [Fact]
    public async Task SurplusEvent_ShouldBeReported() => AssertDiffers(
        await PlayAsync(
            Short,
            FirstWithEvents(Short),
            step => step with { Events = [.. step.Events!, step.Events![0]] }),
        "unexpected create github_endpoint");

    [Fact]
    public async Task EventOfThePoolManager_MayBeMissing()
    {
        var scenario = Find("repository-crud");
        var step = scenario.Steps.Index().First(x => x.Item.Causes is not null).Index + 1;

        var report = await PlayAsync("repository-crud", step, x => x with { Events = [x.Events![0]] });

        Assert.True(report.Differences.Count == 0, report.Describe());
        Assert.Contains(report.Notes, note => note.Contains("did not come", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SurplusEventAfterTheLastGet_ShouldBeReported()
    {
        var surplus = Element("""{"entity-type":"proxy","operation":"create","payload":{}}""");

        var report = await PlayAsync("auth-token-shapes", 23, step => step with { Events = [surplus] });

        AssertDiffers(report, "unexpected create proxy");
    }

    [Fact]
    public async Task EventThatAFilterShouldHoldBack_ShouldBeReported()
    {
        var scenario = Find("ws-filter-replacement");
        var step = scenario.Steps.Index()
            .First(x => x.Item.SocketEvents.Values.Any(events => events.Count == 0)).Index + 1;

        var report = await PlayAsync(
            "ws-filter-replacement",
            step,
            x => x with
            {
                SocketEvents = x.SocketEvents.ToDictionary(
                    pair => pair.Key, IReadOnlyList<JsonElement> (_) => x.Events!),
            });

        AssertDiffers(report, "unexpected");
    }

    [Fact]
    public async Task HandshakeThatShouldBeRefused_ShouldBeReported()
    {
        var scenario = Find("ws-handshake");
        var step = scenario.Steps.Index().First(x => x.Item.Ws is not null && x.Item.Response!.Status == 401).Index + 1;

        AssertDiffers(
            await PlayAsync("ws-handshake", step, x => x with { Response = new ResponseSpec { Status = 101 } }),
            "status: expected 401, got 101");
    }

    [Fact]
    public async Task ValueThatCannotBeCaptured_ShouldEndTheRun()
    {
        var scenario = Find("proxy-crud");
        var step = scenario.Steps.Index().First(x => x.Item.Captures.Count > 0).Index + 1;

        var report = await PlayAsync(
            "proxy-crud", step, x => x with { Response = x.Response! with { Body = Element("{}") } });

        AssertDiffers(report, "cannot capture");
        AssertDiffers(report, "were not played");
    }

    private static int FirstWithEvents(string scenario) =>
        Find(scenario).Steps.Index().First(x => x.Item.Events is [_, ..]).Index + 1;

    private static Task<ScenarioReport> PlayAsync(string scenario, int tamperedStep, Func<Step, Step> tamper)
    {
        var tampered = Find(scenario).Steps[tamperedStep - 1];
        return PlayAsync(scenario, step => ReferenceEquals(step, tampered) ? tamper(step) : step);
    }

    private static async Task<ScenarioReport> PlayAsync(string scenario, Func<Step, Step>? tamper = null)
    {
        var recorded = Find(scenario);
        await using var recording = await RecordedServer.StartAsync(recorded, tamper);
        var server = GoldenServer.Fresh(recording.BaseUrl);
        if (!recorded.NeedsFreshServer)
            server = server with { Token = "a-token", ControllerId = recorded.Recording.ControllerId };
        return await new ScenarioRunner(server).RunAsync(recorded);
    }

    private static void AssertDiffers(ScenarioReport report, string difference) =>
        Assert.Contains(difference, report.Describe(), StringComparison.Ordinal);
}
