using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

/// <summary>Where the password is from, when it is used, and which node is asked.</summary>
public sealed class CommandAccessSpecs
{
    [Fact]
    public async Task Login_ShouldTakeThePasswordOfStdin()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = new CliRun { Input = FakeHub.Password + "\n" };

        Assert.Equal(ExitCodes.Ok, await LoginAsync(cli, hub, "--password-stdin"));
    }

    [Fact]
    public async Task Login_ShouldTakeThePasswordOfTheEnvironment_AfterThatOfStdin()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = new CliRun { Input = "wrong" };
        cli.Environment["GARM_PASSWORD"] = FakeHub.Password;

        Assert.Equal(ExitCodes.Ok, await LoginAsync(cli, hub));
        Assert.Equal(ExitCodes.Failed, await LoginAsync(cli, hub, "--password-stdin"));
    }

    [Theory]
    [InlineData("", "the first line of stdin is empty")]
    [InlineData("x", "not both", "--password", "y")]
    public async Task Password_ShouldBeRefused_WhenItIsUnclear(string input, string what, params string[] more)
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = new CliRun { Input = input };

        Assert.Equal(ExitCodes.Usage, await LoginAsync(cli, hub, ["--password-stdin", .. more]));

        Assert.Contains(what, cli.Error.All);
    }

    [Fact]
    public async Task Init_ShouldAskForAnotherPassword_WhenTheTypedOneIsRefused()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        using var cli = new CliRun { Typed = $"weak\n{FakeHub.Password}" };

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("init", "--url", $"{hub.Address}", "-u", "admin", "-e", "a@example.com"));

        Assert.Equal(2, cli.Questions.Count);
        Assert.Contains("password is too weak; try another one", cli.Error.All);
    }

    [Fact]
    public async Task EndedToken_ShouldBeRenewed_AndSaved_WithoutMakingTheProfileActive()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "ended");
        cli.Store.Save(cli.Store.Load().With("other", new Profile("https://other", "ann", "t")));
        cli.Input = FakeHub.Password;

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("controller", "show", "--name", "default", "--password-stdin"));

        Assert.Equal("other", cli.Store.Load().Active);
        Assert.Equal(FakeHub.Token, cli.Store.Load().Get("default").Profile.Token);
        Assert.Contains("logged in again as admin", cli.Error.All);
        Assert.Contains("hub.example.com", cli.Out.All);
    }

    [Fact]
    public async Task EndedToken_ShouldBeRenewed_ByThePersonAtTheTerminal()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "ended");
        cli.Typed = FakeHub.Password;

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("controller", "show"));
        Assert.Single(cli.Questions);
    }

    [Fact]
    public async Task EndedToken_ShouldBeRenewed_BeforeEventsAreRead()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "ended");
        cli.Environment["GARM_PASSWORD"] = FakeHub.Password;
        var running = cli.RunAsync("debug-events");

        Assert.Equal($"Bearer {FakeHub.Token}", (await hub.NextSocketAsync()).Authorization);
        cli.Stop();
        await running;
    }

    [Fact]
    public async Task ARefusedLogin_ShouldBeTold()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "ended");
        cli.Environment["GARM_PASSWORD"] = "changed since";

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("controller", "show"));

        Assert.Contains("user name or password refused", cli.Error.All);
    }

    [Theory]
    [InlineData("controller", "show")]
    [InlineData("debug-events")]
    public async Task NodesThatAreDown_ShouldBePassedOver(params string[] command)
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = new CliRun { Input = FakeHub.Password };
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync(
            "login", "--url", $"{FakeHub.Nobody}", "--url", $"{hub.Address}", "--username", "admin", "--password-stdin"));
        Assert.Equal([FakeHub.Nobody, hub.Address], cli.Store.Load().Get(null).Profile.Addresses);

        var running = cli.RunAsync(command);
        if (command[0] == "debug-events")
        {
            await hub.NextSocketAsync();
            cli.Stop();
        }

        Assert.Equal(ExitCodes.Ok, await running);
        Assert.Contains($"trying {hub.Address.AbsoluteUri.TrimEnd('/')}", cli.Error.All);
    }

    [Theory]
    [InlineData("https://host/api/v1", "has the path '/api/v1', which belongs to no base URL; try https://host")]
    [InlineData("https://host/api/v1/", "try https://host")]
    [InlineData("https://host:8443/garm/ui", "try https://host:8443/garm")]
    [InlineData("https://host/ui/dashboard", "try https://host")]
    [InlineData("https://host/webhooks", "try https://host")]
    public async Task APathOfTheHub_ShouldBeRefused_WithTheBaseUrl(string url, string what)
    {
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("login", "--url", url, "-u", "a", "-p", "b"));

        Assert.Contains(what, cli.Error.All);
    }

    [Fact]
    public async Task AnotherWrongPath_ShouldBeHintedAt_WhenNoHubAnswers()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("login", "--url", $"{hub.Address}elsewhere", "-u", "a", "-p", "b"));

        Assert.Contains($"is the path '/elsewhere' right? The base URL of most hubs has none: {hub.Address.AbsoluteUri.TrimEnd('/')}", cli.Error.All);
    }

    private static Task<int> LoginAsync(CliRun cli, FakeHub hub, params string[] more) =>
        cli.RunAsync(["login", "--url", $"{hub.Address}", "--username", "admin", .. more]);
}
