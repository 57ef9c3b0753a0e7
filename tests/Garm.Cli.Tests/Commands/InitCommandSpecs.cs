using Garm.Cli.Profiles;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;

namespace Garm.Cli.Tests.Commands;

public sealed class InitCommandSpecs : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Init_ShouldMakeTheAdministrator_SetTheUrls_AndSaveTheProfile()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        hub.Controller = new() { ["controller_id"] = "febc89c6" };

        var exitCode = await InitAsync(hub, "--password", FakeHub.Password, "--full-name", "Ann Admin");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Equal("Ann Admin", (string?)hub.Received["/api/v1/first-run"]!["full_name"]);
        var url = hub.Address.AbsoluteUri.TrimEnd('/');
        Assert.Equal($"{url}/api/v1/metadata", (string?)hub.Controller["metadata_url"]);
        Assert.Equal($"{url}/api/v1/callbacks", (string?)hub.Controller["callback_url"]);
        Assert.Equal($"{url}/webhooks", (string?)hub.Controller["webhook_url"]);
        Assert.Equal($"{url}/agent", (string?)hub.Controller["agent_url"]);
        Assert.Equal(("default", new Profile(url, "admin", FakeHub.Token)), _cli.Store.Load().Get(null));
    }

    [Fact]
    public async Task Init_ShouldTakeTheUrlsThatAreGiven()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);

        var exitCode = await InitAsync(hub, "--password", FakeHub.Password, "--name", "prod",
            "--metadata-url", "https://m/md", "--callback-url", "https://c/cb", "--webhook-url", "https://w/", "--agent-url", "wss://a");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Equal(
            """{"metadata_url":"https://m/md","callback_url":"https://c/cb","webhook_url":"https://w","agent_url":"wss://a"}""",
            hub.Received["/api/v1/controller"]!.ToJsonString());
        Assert.Equal("prod", _cli.Store.Load().Active);
    }

    [Fact]
    public async Task Init_ShouldAskForThePassword_OnATerminal()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        _cli.Typed = FakeHub.Password;

        Assert.Equal(ExitCodes.Ok, await InitAsync(hub));
    }

    [Fact]
    public async Task Init_ShouldRefuse_WithoutPasswordAndTerminal()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);

        Assert.Equal(ExitCodes.Usage, await InitAsync(hub));

        Assert.Contains("--password", _cli.Error.All);
        Assert.False(hub.Initialised);
    }

    [Fact]
    public async Task Init_ShouldPointToLogin_WhenTheServerIsInitialisedAlready()
    {
        await using var hub = await FakeHub.StartAsync();

        Assert.Equal(ExitCodes.Failed, await InitAsync(hub, "--password", FakeHub.Password));

        Assert.Contains("already", _cli.Error.All);
        Assert.Contains("garmctl login", _cli.Error.All);
        Assert.False(File.Exists(_cli.ConfigFile));
    }

    [Fact]
    public async Task Init_ShouldSayWhatTheServerSaid_WhenItRefusesThePassword()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);

        Assert.Equal(ExitCodes.Failed, await InitAsync(hub, "--password", "weak"));

        Assert.Equal("garmctl: the server refused: HTTP 400 Bad Request: password is too weak", _cli.Error.All.TrimEnd());
    }

    [Fact]
    public async Task Init_ShouldNotReplaceAnotherServersProfile()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);
        _cli.Store.Save(ProfileSet.Empty.With("default", new Profile("https://other", "ann", "t")));

        Assert.Equal(ExitCodes.Usage, await InitAsync(hub, "--password", FakeHub.Password));

        Assert.False(hub.Initialised);
        Assert.Contains("https://other", _cli.Error.All);
    }

    [Fact]
    public async Task Init_ShouldNeverPrintTheTokenOrThePassword()
    {
        await using var hub = await FakeHub.StartAsync(initialised: false);

        await InitAsync(hub, "--password", FakeHub.Password);

        Assert.DoesNotContain(FakeHub.Token, _cli.Out.All + _cli.Error.All);
        Assert.DoesNotContain(FakeHub.Password, _cli.Out.All + _cli.Error.All);
    }

    private Task<int> InitAsync(FakeHub hub, params string[] more) => _cli.RunAsync(
        ["init", "--url", hub.Address.AbsoluteUri, "--username", "admin", "--email", "admin@example.com", .. more]);
}
