using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class LoginCommandSpecs
{
    [Fact]
    public async Task Login_ShouldSaveANewProfile()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = new CliRun();

        var exitCode = await cli.RunAsync(
            "login", "--name", "dev", "--url", $"{hub.Address}", "--username", "ann", "--password", FakeHub.Password);

        Assert.Equal(ExitCodes.Ok, exitCode);
        var (name, profile) = cli.Store.Load().Get(null);
        Assert.Equal(("dev", "ann", FakeHub.Token), (name, profile.Username, profile.Token));
        Assert.DoesNotContain(FakeHub.Token, cli.Out.All + cli.Error.All);
    }

    [Fact]
    public async Task Login_ShouldRefreshTheActiveProfilesToken()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "expired");

        var exitCode = await cli.RunAsync("login", "--username", "admin", "--password", FakeHub.Password);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Equal(FakeHub.Token, cli.Store.Load().Get("default").Profile.Token);
    }

    [Fact]
    public async Task Login_ShouldKeepTheOldToken_WhenThePasswordIsWrong()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "old");

        var exitCode = await cli.RunAsync("login", "--username", "admin", "--password", "wrong");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("user name or password refused", cli.Error.All);
        Assert.Equal("old", cli.Store.Load().Get("default").Profile.Token);
    }

    [Fact]
    public async Task Login_ShouldPointToInit_WhenTheServerIsNew()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        using var cli = CliRun.LoggedInTo(hub);

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("login", "-u", "admin", "-p", "x"));

        Assert.Contains("garmctl init", cli.Error.All);
    }

    [Fact]
    public async Task Login_ShouldAskForTheUrl_WhenNoProfileHasIt()
    {
        using var cli = new CliRun();

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("login", "--username", "admin", "--password", "x"));

        Assert.Contains("--url", cli.Error.All);
    }

    [Fact]
    public async Task Login_ShouldSayThatTheServerCannotBeReached()
    {
        using var cli = new CliRun();

        var exitCode = await cli.RunAsync("login", "--url", $"{FakeHub.Nobody}", "--username", "admin", "--password", "x");

        Assert.Equal(ExitCodes.Failed, exitCode);

        Assert.StartsWith("garmctl: cannot reach the server", cli.Error.All);
        Assert.Single(cli.Error.All.TrimEnd().Split('\n'));
    }
}
