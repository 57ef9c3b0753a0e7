using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class ControllerCommandSpecs
{
    [Fact]
    public async Task Show_ShouldSayWhichUrlsAreNotSet()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("controller", "show"));

        Assert.Contains("metadata    http://hub.example.com/api/v1/metadata", cli.Out.All);
        Assert.Contains("webhook     not set", cli.Out.All);
    }

    [Fact]
    public async Task Update_ShouldSetWhatIsGiven_AndTheDefaultOfWhatIsNotSetYet()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub);

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("controller", "update", "--callback-url", "https://c/cb"));

        Assert.Equal(
            $$"""{"callback_url":"https://c/cb","webhook_url":"{{hub.Address}}webhooks","agent_url":"{{hub.Address}}agent"}""",
            hub.Received["/api/v1/controller"]!.ToJsonString());
    }

    [Fact]
    public async Task Command_ShouldPointToLogin_WhenTheTokenIsRefused()
    {
        await using var hub = await FakeHub.StartAsync();
        using var cli = CliRun.LoggedInTo(hub, token: "expired");

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("controller", "show"));

        Assert.Contains("run 'garmctl login'", cli.Error.All);
    }
}
