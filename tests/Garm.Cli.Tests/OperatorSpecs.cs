using System.Text.Json.Nodes;
using Garm.Cli.Terminal;
using Garm.Cli.Tests.Support;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Cli.Tests;

/// <summary>Each command with the real hub.</summary>
public sealed class OperatorSpecs(OperatorSpecs.InitialisedHub initialised) : IClassFixture<OperatorSpecs.InitialisedHub>, IDisposable
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task AUser_ShouldComeAndGo()
    {
        await LoginAsync();
        _cli.Input = "An0ther-Horse-battery-Staple-77!";
        await DoAsync("users", "add", "--username", "ann", "--email", "ann@example.com", "--admin", "true", "--password-stdin");
        await DoAsync("users", "update", "ann", "--full-name", "Ann", "--enabled", "false");
        await DoAsync("users", "password", "ann", "--password-stdin");
        await DoAsync("users", "show", "ann");
        Assert.Contains("full_name   Ann", _cli.Out.All);
        Assert.Contains("enabled     false", _cli.Out.All);
        await DoAsync("users", "remove", "ann");
        await DoAsync("users", "list", "-o", "json");
        Assert.DoesNotContain("\"ann\"", _cli.Out.All);
    }

    [Fact]
    public async Task ASession_ShouldBeListed_AndEnded()
    {
        await LoginAsync();
        using var listening = SameProfile();
        var reading = listening.RunAsync("debug-events", "--filters", """{"filters":[{"entity-type":"template"}]}""");
        var row = "";
        await Retry.UntilAsync("the session is listed", async () =>
        {
            using var list = SameProfile();
            Assert.Equal(ExitCodes.Ok, await list.RunAsync("sessions", "list"));
            row = list.Out.All.Split('\n').FirstOrDefault(x => x.Contains("template", StringComparison.Ordinal)) ?? "";
            return row.Contains(" live ", StringComparison.Ordinal);
        }, Patience);

        Assert.Matches($@"^[0-9a-f]{{32}}  {Environment.MachineName} +admin +127\.0\.0\.1 +websocket +\S+ +live +0 +0 ", row);
        await DoAsync("sessions", "end", row.Split(' ')[0]);

        Assert.Equal(ExitCodes.StreamEnded, await reading.WaitAsync(Patience));
        Assert.Contains("ended-by-administrator (code 1008)", listening.Error.All);
        using var again = SameProfile();
        Assert.Equal(ExitCodes.Failed, await again.RunAsync("sessions", "end", row.Split(' ')[0]));
        Assert.Contains("there is no session", again.Error.All);
    }

    [Fact]
    public async Task EveryType_ShouldBeListed()
    {
        await LoginAsync();
        foreach (var kind in Garm.Cli.Entities.EntityKinds.All) await DoAsync("get", kind.Name);

        Assert.Contains("fake  ", _cli.Out.All); // The provider.
        Assert.Contains("github.com", _cli.Out.All);
        await DoAsync("get", "github_endpoint", "github.com");
    }

    [Fact]
    public async Task AWatch_ShouldShowWhatThereIs_AndWhatChanges()
    {
        await LoginAsync();
        using var api = new Writer(initialised.Hub.BaseUrl, _cli.Store.Load().Get(null).Profile.Token);
        await api.AddProxyAsync("watched");
        using var rows = SameProfile();
        using var frames = SameProfile();
        var watching = rows.RunAsync("watch", "proxy", "--match", "name=watched", "--match", "name=watched-too");
        var reading = frames.RunAsync("watch", "proxy", "-o", "json", "--match", "name=watched", "--match", "name=watched-too");

        await NextAsync(rows, "added", "watched ");
        Assert.Contains("snapshot-begin", await frames.Out.NextAsync("the snapshot's begin"));
        Assert.Contains("\"operation\":\"snapshot\"", await frames.Out.NextAsync("the row"));
        Assert.Contains("snapshot-end", await frames.Out.NextAsync("the snapshot's end"));
        Assert.Contains("caught-up", await frames.Out.NextAsync("the word that it is up to date"));
        await api.AddProxyAsync("watched-too");
        await NextAsync(rows, "added", "watched-too");
        var created = JsonNode.Parse(await frames.Out.NextAsync("the event"))!;
        Assert.Equal("create", (string?)created["operation"]);

        rows.Stop();
        frames.Stop();
        Assert.Equal(ExitCodes.Ok, await watching);
        Assert.Equal(ExitCodes.Ok, await reading);

        await DoAsync("events", "--since-cursor", (string)created["cursor"]!, "-o", "json", "--filters", """{"filters":[{"entity-type":"proxy"}]}""");
        Assert.DoesNotContain("\"watched-too\"", _cli.Out.All);
    }

    [Fact]
    public async Task HistoryAndSnapshot_ShouldAgree()
    {
        await LoginAsync();
        using var api = new Writer(initialised.Hub.BaseUrl, _cli.Store.Load().Get(null).Profile.Token);
        await api.AddProxyAsync("in-both");

        await DoAsync("events", "--filters", """{"filters":[{"entity-type":"proxy","match":{"name":"in-both"}}]}""");
        Assert.Matches(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} create proxy +in-both ", _cli.Out.All);
        using var snapshot = SameProfile();
        Assert.Equal(ExitCodes.Ok, await snapshot.RunAsync("snapshot", "--filters", """{"filters":[{"entity-type":"proxy","match":{"name":"in-both"}}]}"""));
        Assert.Contains("\"name\":\"in-both\"", await snapshot.Out.NextAsync("the entity"));
        Assert.Equal(1, (int?)JsonNode.Parse(await snapshot.Out.NextAsync("the end"))!["count"]);
        Assert.Equal(ExitCodes.Failed, await snapshot.RunAsync("events", "--since-cursor", "nonsense"));
        Assert.Contains("cursor-unknown", snapshot.Error.All);
    }

    [Fact]
    public async Task ASource_ShouldComeAndGo()
    {
        await LoginAsync();
        await using var server = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        await Client.GarmCacheOnAHubSpecs.BeginAsync(server.BaseUrl);
        _cli.Environment["GARM_SOURCE_PASSWORD"] = "wrong";

        await DoAsync("source", "add", "east", "--url", $"{server.BaseUrl}", "--username", "admin", "--relist-seconds", "5", "--host", "east.example.com");
        await ShouldShowAsync("east", @"status\.message +the login was refused");
        _cli.Input = Password;
        await DoAsync("source", "update", "east", "--password-stdin", "--relist-seconds", "1");
        await ShouldShowAsync("east", @"status\.state +synced");
        await ShouldShowAsync("east", "relist_seconds +1\n");
        await ShouldShowAsync("east", "hosts +east.example.com\n");
        await DoAsync("source", "list");
        Assert.Matches($@"east +{server.BaseUrl.AbsoluteUri.TrimEnd('/')} +true +synced +[1-9]\d* +0 ", _cli.Out.All);
        using (var mirrored = SameProfile())
        {
            Assert.Equal(ExitCodes.Ok, await mirrored.RunAsync("snapshot", "--filters", """{"filters":[{"entity-type":"controller","source":"east"}]}"""));
            Assert.Contains("\"source\":\"east\"", mirrored.Out.All);
        }

        await DoAsync("source", "update", "east", "--enabled", "false");
        await ShouldShowAsync("east", @"status\.state +disabled");
        await DoAsync("source", "remove", "east");
        using var after = SameProfile();
        Assert.Equal(ExitCodes.Ok, await after.RunAsync("source", "list", "-o", "json"));
        Assert.Equal("[]", after.Out.All.Trim());
        Assert.Equal(ExitCodes.Failed, await after.RunAsync("source", "show", "east"));
        Assert.Contains("there is no source \"east\"", after.Error.All);
    }

    [Fact]
    public async Task ABackup_ShouldBeMade_BesideTheRunningHub()
    {
        using var folder = new TempFolder();
        await using var hub = await InProcessHost.StartAsync(new Dictionary<string, string?> { ["Garm:DataDirectory"] = Path.Combine(folder.Path, "data") });
        var copy = Path.Combine(folder.Path, "copy.db");

        await DoAsync("backup", copy, "--", $"--Garm:DataDirectory={Path.Combine(folder.Path, "data")}");

        Assert.True(new FileInfo(copy).Length > 0);
        Assert.Contains("Keep the passphrase with it", _cli.Out.All);
    }

    private static async Task NextAsync(CliRun run, params string[] words)
    {
        string line;
        do line = await run.Out.NextAsync($"the row with {string.Join(' ', words)}");
        while (!words.All(x => line.Contains(x, StringComparison.Ordinal)));
    }

    private Task ShouldShowAsync(string source, string pattern) => Retry.UntilAsync(
        $"'source show {source}' has {pattern}",
        async () =>
        {
            using var run = SameProfile();
            return await run.RunAsync("source", "show", source) == ExitCodes.Ok && System.Text.RegularExpressions.Regex.IsMatch(run.Out.All, pattern);
        },
        Patience);

    private CliRun SameProfile()
    {
        var other = new CliRun();
        other.Store.Save(_cli.Store.Load());
        return other;
    }

    private async Task LoginAsync()
    {
        _cli.Input = Password;
        await DoAsync("login", "--url", $"{initialised.Hub.BaseUrl}", "--username", "admin", "--password-stdin");
    }

    private async Task DoAsync(params string[] command) =>
        Assert.True(await _cli.RunAsync(command).WaitAsync(Patience) == ExitCodes.Ok, $"{string.Join(' ', command)}: {_cli.Error.All}");

    /// <summary>A hub that 'init' has set up.</summary>
    public sealed class InitialisedHub : IAsyncLifetime
    {
        public TestHost Hub { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Hub = await InProcessHost.StartAsync(new Dictionary<string, string?>());
            using var cli = new CliRun();
            cli.Environment["GARM_PASSWORD"] = Password;
            Assert.True(
                await cli.RunAsync("init", "--url", $"{Hub.BaseUrl}", "--username", "admin", "--email", "you@example.com") == ExitCodes.Ok, cli.Error.All);
        }

        public async Task DisposeAsync() => await Hub.DisposeAsync();
    }

    private sealed class Writer(Uri hub, string token) : IDisposable
    {
        private readonly Garm.Client.Api.GarmApiClient _api = new(hub, token);

        public Task AddProxyAsync(string name) =>
            _api.SendAsync(HttpMethod.Post, "proxies", new JsonObject { ["name"] = name, ["http_proxy"] = "http://p.example.com" });

        public void Dispose() => _api.Dispose();
    }
}
