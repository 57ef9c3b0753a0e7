using System.Text.Json.Nodes;
using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Garm.TestUtilities;
using Spectre.Console;
using Profile = Garm.Cli.Profiles.Profile;

namespace Garm.Cli.Tests.Commands;

public sealed class WatchCommandSpecs
{
    private const string Begin = """{"control":"snapshot-begin"}""";
    private const string End = """{"control":"snapshot-end","cursor":"h","count":1}""";
    private const string CaughtUp = """{"control":"caught-up","cursor":"h"}""";

    [Fact]
    public async Task Watch_ShouldPrintWhatThereIs_AndARowAChange()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("watch", "instances", "--match", "status=running", "--match", "status=error", "--match", "agent_id=7", "--source", "");
        var socket = await hub.NextSocketAsync();
        var asked = JsonNode.Parse((await socket.ReceiveAsync())!)!;
        Assert.Equal("snapshot", (string?)asked["cursor"]);
        Assert.Equal(
            """[{"entity-type":"instance","match":{"status":["running","error"],"agent_id":[7]},"source":[""]}]""", asked["filters"]!.ToJsonString());
        await SendAsync(socket, Begin, Row("a", "runner-with-a-long-name", "running"), Row("b", "r2", "error"), End, CaughtUp);

        Assert.Equal("CHANGE   NAME                     ID  STATUS   RUNNER_STATUS  PROVIDER_NAME  POOL_ID  SCALE_SET_ID  SOURCE", await cli.Out.NextAsync("the headers"));
        Assert.Equal("added    runner-with-a-long-name  a   running  idle           -              p1       -             -", await cli.Out.NextAsync("the first row"));
        Assert.StartsWith("added    r2 ", await cli.Out.NextAsync("the second row"));
        await SendAsync(socket, Event("update", "b", "r2", "running", ""), Event("update", "a", "x", "stopped", ""","left":true"""));
        Assert.StartsWith("changed  r2                       b   running", await cli.Out.NextAsync("the change"));
        Assert.StartsWith("removed  runner-with-a-long-name  a", await cli.Out.NextAsync("the removal"));

        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
    }

    [Fact]
    public async Task Json_ShouldPrintTheFrames_WithoutThoseOfTheConnection()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("watch", "instance", "-o", "json");
        var socket = await hub.NextSocketAsync();
        Assert.Contains("\"on-expired\":\"snapshot\"", await socket.ReceiveAsync());
        string[] frames = [Begin, Row("a", "r", "running"), End, CaughtUp, Event("delete", "a", "r", "running", "")];
        await SendAsync(socket, [.. frames[..4], """{"control":"heartbeat","cursor":"h"}""", frames[4]]);

        foreach (var frame in frames) Assert.Equal(frame, await cli.Out.NextAsync("a frame"));
        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
    }

    [Fact]
    public async Task NarrowTerminal_ShouldShowWholeColumns_AndNameTheOthers()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        using var drawn = new LineCapture();
        cli.Screen = Terminal(drawn, width: 60);
        var running = cli.RunAsync("watch", "instance");
        var socket = await hub.NextSocketAsync();
        await SendAsync(socket, Begin, Row("0d7a4e0c-6a0e-4f5e-9b52-7e3a64b1f5c1", "garm-abcdefghijkl", "running"), End, CaughtUp);

        await UntilDrawnAsync(drawn, "garm-abcdefghijkl  0d7a4e0c-6a0e-4f5e-9b52-7e3a64b1f5c1");
        await UntilDrawnAsync(drawn, "1 of type instance, without");
        await UntilDrawnAsync(drawn, "RUNNER_STATUS");
        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
    }

    [Fact]
    public async Task Terminal_ShouldShowATable_ThatIsDrawnAgain()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        using var drawn = new LineCapture();
        cli.Screen = Terminal(drawn, width: 200);
        var running = cli.RunAsync("watch", "instance");
        var socket = await hub.NextSocketAsync();
        await SendAsync(socket, Begin, Row("a", "bracket[x]", "running"), End, CaughtUp);
        await UntilDrawnAsync(drawn, "bracket[x]");
        Assert.Contains("RUNNER_STATUS", drawn.All);
        await UntilDrawnAsync(drawn, "1 of type instance; connected");

        await SendAsync(socket, Event("update", "a", "bracket[x]", "stopped", ""));
        await UntilDrawnAsync(drawn, "stopped");
        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
        Assert.Equal("", cli.Out.All);
    }

    [Fact]
    public async Task Session_ShouldMoveToTheNextNode_WhenItsNodeDies()
    {
        var first = await FakeHub.StartAsync();
        await using var second = await FakeHub.StartAsync();
        using var cli = LoggedInTo(FakeHub.Token, first.Address, second.Address);
        var running = cli.RunAsync("watch", "instance", "-o", "json");
        var socket = await first.NextSocketAsync();
        await SendAsync(socket, Begin, Row("a", "r", "running"), End, CaughtUp);
        for (var i = 0; i < 4; i++) await cli.Out.NextAsync("the frames of the first node");
        socket.Cut();
        await first.DisposeAsync();

        var next = await second.NextSocketAsync();
        Assert.Contains("\"cursor\":\"h\"", await next.ReceiveAsync());
        await SendAsync(next, Event("delete", "a", "r", "running", ""));
        Assert.Contains("delete", await cli.Out.NextAsync("the event of the second node"));
        cli.Stop();
        Assert.Equal(ExitCodes.Ok, await running);
    }

    [Fact]
    public async Task EndedToken_ShouldBeRenewed_WithThePasswordOfTheEnvironment()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "ended");
        cli.Environment["GARM_PASSWORD"] = FakeHub.Password;
        var running = cli.RunAsync("watch", "instance", "-o", "json");

        var socket = await hub.NextSocketAsync();
        Assert.Equal($"Bearer {FakeHub.Token}", socket.Authorization);
        await SendAsync(socket, Begin);
        Assert.Equal(Begin, await cli.Out.NextAsync("the first frame"));
        Assert.Equal(FakeHub.Token, cli.Store.Load().Get("default").Profile.Token);
        cli.Stop();
        await running;
    }

    [Fact]
    public async Task EndedToken_ShouldEndTheWatch_WithoutAPassword()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "ended");

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("watch", "instance"));

        Assert.Contains("set GARM_PASSWORD, give --password-stdin, or run 'garmctl login'", cli.Error.All);
    }

    [Fact]
    public async Task RefusedFilter_ShouldBeTold()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);
        var running = cli.RunAsync("watch", "instance", "--match", "state=x");
        await SendAsync(await hub.NextSocketAsync(), """{"control":"error","code":"invalid-filter","message":"no field state"}""");

        Assert.Equal(ExitCodes.Failed, await running);
        Assert.Contains("the server refused the filter: no field state", cli.Error.All);
    }

    [Theory]
    [InlineData("runner", "accepted are repository, organization")]
    [InlineData("provider", "no entity type with events")]
    [InlineData("pool --match enabled", "it takes <field>=<value>")]
    [InlineData("pool -o yaml", "yaml")]
    public async Task WrongArguments_ShouldBeRefused(string line, string what)
    {
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(["watch", .. line.Split(' ')]));

        Assert.Contains(what, cli.Error.All);
    }

    internal static CliRun LoggedInTo(string token, params Uri[] addresses)
    {
        var cli = new CliRun();
        cli.Store.Save(ProfileSet.Empty.With("default", Profile.Of(addresses, "admin", token)));
        return cli;
    }

    private static IAnsiConsole Terminal(TextWriter drawn, int width)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(drawn),
        });
        terminal.Profile.Width = width;
        return terminal;
    }

    private static string Row(string id, string name, string status) =>
        $$"""{"entity-type":"instance","operation":"snapshot","payload":{{Payload(id, name, status)}}}""";

    private static string Event(string operation, string id, string name, string status, string more) =>
        $$"""{"entity-type":"instance","operation":"{{operation}}"{{more}},"payload":{{Payload(id, name, status)}},"cursor":"e"}""";

    private static string Payload(string id, string name, string status) =>
        $$"""{"id":"{{id}}","name":"{{name}}","status":"{{status}}","runner_status":"idle","pool_id":"p1"}""";

    private static async Task SendAsync(FakeSocket socket, params string[] frames)
    {
        foreach (var frame in frames) await socket.SendAsync(frame);
    }

    private static Task UntilDrawnAsync(LineCapture drawn, string text) =>
        Retry.UntilAsync($"the terminal shows '{text}'", () => Task.FromResult(drawn.All.Contains(text, StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
}
