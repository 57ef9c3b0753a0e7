using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class DebugEventsCommandSpecs
{
    private const string Event = """{"entity-type":"pool","operation":"create","payload":{"id":"p1"}}""";

    [Fact]
    public async Task Events_ShouldBePrintedAsReceived_AndAtOnce()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events");
        var socket = await hub.NextSocketAsync();
        Assert.Equal("""{"send-everything":true}""", await socket.ReceiveAsync());

        await socket.SendAsync(Event);
        Assert.Equal(Event, await cli.Out.NextAsync("the first event"));
        await socket.SendAsync("""{ "spaces" : "stay" }""");
        Assert.Equal("""{ "spaces" : "stay" }""", await cli.Out.NextAsync("the second event"));

        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
    }

    [Fact]
    public async Task Filters_ShouldBeSentAsGiven()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events", "--filters", """{ "filters": [{"entity-type": "pool"}] }""");

        var socket = await hub.NextSocketAsync();

        Assert.Equal("""{ "filters": [{"entity-type": "pool"}] }""", await socket.ReceiveAsync());
        cli.Stop();
        await running;
    }

    [Fact]
    public async Task Cursor_ShouldPrintEventsWithTheirCursors_AndGoOnWhereItWas()
    {
        const string first = """{"entity-type":"pool","operation":"create","payload":{"id":"p1"},"cursor":"c1"}""";
        const string second = """{"entity-type":"pool","operation":"delete","payload":{"id":"p1"},"cursor":"c2"}""";
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events", "--cursor", "earliest");
        var socket = await hub.NextSocketAsync();
        Assert.Contains("\"cursor\":\"earliest\"", await socket.ReceiveAsync());
        await socket.SendAsync(first);
        Assert.Equal(first, await cli.Out.NextAsync("the first event"));
        await socket.CloseAsync(1001);

        var next = await hub.NextSocketAsync();
        Assert.Contains("\"cursor\":\"c1\"", await next.ReceiveAsync());
        await next.SendAsync("""{"control":"caught-up","cursor":"c1"}""");
        await next.SendAsync(second);
        Assert.Equal(second, await cli.Out.NextAsync("the second event"));
        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
        Assert.Contains("going away", cli.Error.All);
    }

    [Fact]
    public async Task Cursor_ShouldEndWithCode1_WhenTheHubCannotGoOnFromIt()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events", "--cursor", "old", "--pretty");
        await (await hub.NextSocketAsync()).SendAsync("""{"control":"error","code":"cursor-expired","message":"gone","earliest":"c7"}""");

        Assert.Equal(ExitCodes.Failed, await running);
        Assert.Contains("cursor-expired: gone (the cursor was old; the earliest is c7)", cli.Error.All);
    }

    [Fact]
    public async Task Cursor_ShouldBeInTheReadableLine()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events", "--cursor", "now", "--pretty");
        await (await hub.NextSocketAsync()).SendAsync("""{"entity-type":"pool","operation":"create","payload":{"id":"p1"},"cursor":"c1"}""");

        Assert.EndsWith("p1  cursor=c1", await cli.Out.NextAsync("the event"));
        cli.Stop();
        await running;
    }

    [Fact]
    public async Task Pretty_ShouldPrintAReadableLine()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events", "--pretty");
        var socket = await hub.NextSocketAsync();

        await socket.SendAsync(Event);

        Assert.EndsWith("create pool               p1", await cli.Out.NextAsync("the event"));
        cli.Stop();
        await running;
    }

    [Theory]
    [InlineData(1000, null, "token has expired")]
    [InlineData(1001, null, "going away")]
    [InlineData(1013, "slow-consumer", "slow-consumer")]
    public async Task Close_ShouldBeToldOnStderr_AndGiveExitCode3(int code, string? reason, string words)
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events");
        var socket = await hub.NextSocketAsync();

        await socket.CloseAsync(code, reason);

        Assert.Equal(ExitCodes.StreamEnded, await running);
        Assert.Contains($"(code {code})", cli.Error.All);
        Assert.Contains(words, cli.Error.All);
        Assert.Equal("", cli.Out.All);
    }

    [Fact]
    public async Task LostConnection_ShouldBeToldOnStderr_AndGiveExitCode3()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("debug-events");
        var socket = await hub.NextSocketAsync();

        socket.Cut();

        Assert.Equal(ExitCodes.StreamEnded, await running);
        Assert.Contains("connection to the server was lost", cli.Error.All);
    }

    [Fact]
    public async Task RefusedToken_ShouldPointToLogin()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "expired");

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("debug-events"));

        Assert.Contains("HTTP 401", cli.Error.All);
        Assert.Contains("garmctl login", cli.Error.All);
        Assert.DoesNotContain("expired", cli.Error.All);
    }

    [Fact]
    public async Task MissingUrls_ShouldPointToTheController()
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Controller = [];
        using var cli = CliRun.LoggedInTo(hub);

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("debug-events"));

        Assert.Contains("garmctl controller update", cli.Error.All);
    }

    [Fact]
    public async Task BadFilter_ShouldBeRefused_BeforeConnecting()
    {
        using var cli = new CliRun();

        var exitCode = await cli.RunAsync("debug-events", "--filters", """{"filters":[{"entity-type":"runner"}]}""");

        // Without a profile there is nothing to connect to: the complaint can only come from before that.
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("unknown entity type 'runner'", cli.Error.All);
        Assert.Single(cli.Error.All.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task MissingProfile_ShouldPointToInitAndLogin()
    {
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("debug-events"));

        Assert.Contains("garmctl init", cli.Error.All);
        Assert.Contains("garmctl login", cli.Error.All);
    }
}
