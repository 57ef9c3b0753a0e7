using System.Net.Sockets;
using System.Text.Json;
using Garm.Golden.Running;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Sources;

/// <summary>Two hubs behind a hub: the mirror is what they list, in every form in which events are read.</summary>
public sealed class SourceSpecs(ThreeHubs hubs) : IClassFixture<ThreeHubs>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HubClient _admin = hubs.Admin;

    [Fact]
    public async Task TwoSources_AreMirroredApart_AsTheirListsAre()
    {
        await hubs.East.MakePoolAsync("before");
        await hubs.EvenAsync();
        await hubs.AddAsync("east", hubs.EastAddress);
        await hubs.AddAsync("west", hubs.WestAddress);
        await hubs.SyncedAsync("east");
        await hubs.SyncedAsync("west");
        await using var cursorMode = await _admin.OpenSocketAsync();
        await cursorMode.SendTextAsync("""{"filters":[{"entity-type":"proxy","source":["east","west"]}],"cursor":"now","heartbeat-seconds":0}""");
        Assert.Contains("caught-up", (await cursorMode.EventsAsync(1))[0]);
        await using var plain = await _admin.WatchEverythingAsync();

        var id = await ThreeHubs.MakeProxyAsync(hubs.East, "same");
        Assert.Equal(id, await ThreeHubs.MakeProxyAsync(hubs.West, "same"));
        await hubs.East.SendAsync("PUT", $"/api/v1/proxies/{id}", new { description = "changed" });
        await hubs.West.SendAsync("DELETE", $"/api/v1/proxies/{id}");

        var live = (await cursorMode.EventsAsync(4)).Select(Read).ToList();
        Assert.Equal(["create", "update"], Operations(live, "east"));
        Assert.Equal(["create", "delete"], Operations(live, "west"));
        Assert.Equal(["entity-type", "operation", "source", "payload"], live[0].EnumerateObject().Select(x => x.Name).Take(4));
        Assert.All((await plain.EventsAsync(4)).Select(Read), x => Assert.Equal(["entity-type", "operation", "payload"], x.EnumerateObject().Select(y => y.Name)));
        await hubs.ShouldMirrorAsync("east", hubs.East);
        await hubs.ShouldMirrorAsync("west", hubs.West);

        // The same in the history, and by the source's name in a filter.
        const string ofWest = """{"filters":[{"entity-type":"proxy","source":"west"}]}""";
        var before = Uri.EscapeDataString(live[0].GetProperty("cursor").GetString()!);
        var page = await _admin.SendAsync("GET", $"/api/v1/events?after={before}&filter={Uri.EscapeDataString(ofWest)}");
        var history = page.Json.GetProperty("events").EnumerateArray().ToList();
        Assert.All(history, x => Assert.Equal("west", x.GetProperty("source").GetString()));
        Assert.Equal("delete", history.Last().GetProperty("operation").GetString());

        // The hub's own lists are its own.
        Assert.Empty((await _admin.SendAsync("GET", "/api/v1/proxies")).Json.EnumerateArray());
        await hubs.RemoveAsync("east", "west");
    }

    [Fact]
    public async Task TheSameScaleSetId_RunnersName_AndEndpoint_StayApart()
    {
        var (eastId, westId) = (await ThreeHubs.MakeScaleSetAsync(hubs.East), await ThreeHubs.MakeScaleSetAsync(hubs.West));
        await hubs.AddAsync("east2", hubs.EastAddress);
        await hubs.AddAsync("west2", hubs.WestAddress);
        await hubs.ShouldMirrorAsync("east2", hubs.East);
        await hubs.ShouldMirrorAsync("west2", hubs.West);

        await hubs.East.SendAsync("DELETE", "/api/v1/instances/one-name?forceRemove=true");
        await hubs.East.SendAsync("PUT", $"/api/v1/scalesets/{eastId}", new { max_runners = 9 });
        await hubs.East.SendAsync("PUT", "/api/v1/github/endpoints/github.com", new { description = "of the east" });

        await hubs.ShouldMirrorAsync("east2", hubs.East);
        await hubs.ShouldMirrorAsync("west2", hubs.West);
        var west = await hubs.MirroredAsync("west2");
        Assert.Contains(west, x => ThreeHubs.Is(x, "scaleset", "id", westId) && x.GetProperty("payload").GetProperty("max_runners").GetInt32() == 5);
        Assert.Contains(west, x => ThreeHubs.Is(x, "instance", "name", "one-name"));
        Assert.Contains(await hubs.MirroredAsync("east2"), x => ThreeHubs.Is(x, "github_endpoint", "description", "of the east"));
        Assert.DoesNotContain(west, x => ThreeHubs.Is(x, "github_endpoint", "description", "of the east"));
        await hubs.RemoveAsync("east2", "west2");
    }

    [Fact]
    public async Task AQuietSource_MakesNoEvent_HoweverOftenItIsListed()
    {
        await hubs.East.MakePoolAsync("quiet");
        await hubs.AddAsync("quiet", hubs.EastAddress);
        await hubs.SyncedAsync("quiet");
        var head = await hubs.HeadAsync();
        var listed = await hubs.StatusAsync("quiet", "last_list_at");

        await Retry.UntilAsync("it was listed three times more", async () =>
        {
            var now = await hubs.StatusAsync("quiet", "last_list_at");
            return DateTime.Parse(now) - DateTime.Parse(listed) > TimeSpan.FromSeconds(3);
        }, Patience);

        Assert.Equal(head, await hubs.HeadAsync());
        Assert.Equal("0", await hubs.StatusAsync("quiet", "repairs"));
        await hubs.RemoveAsync("quiet");
    }

    [LongFact]
    public async Task AServerWithAnotherDatabase_IsAnotherServer()
    {
        var first = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var server = await GoldenServer.InitialiseAsync(first.BaseUrl);
        using var admin = new HubClient(first.BaseUrl, server.Token);
        await ThreeHubs.MakeProxyAsync(admin, "old");
        await hubs.AddAsync("reborn", first.BaseUrl);
        await hubs.SyncedAsync("reborn");
        var former = await hubs.StatusAsync("reborn", "controller_id");
        await first.KillAsync();
        await first.DisposeAsync();
        await Retry.UntilAsync("it is tried again", async () => (await hubs.StatusAsync("reborn", "message")).Contains("cannot be reached"), Patience);
        Assert.Equal("retrying", await hubs.StatusAsync("reborn", "state"));
        var head = await hubs.HeadAsync();

        await using var second = await InProcessHost.StartAsync(new Dictionary<string, string?>());
        var again = await GoldenServer.InitialiseAsync(second.BaseUrl);
        using var newcomer = new HubClient(second.BaseUrl, again.Token);
        await ThreeHubs.MakeProxyAsync(newcomer, "new");

        await _admin.SendAsync("PUT", "/api/v1/sources/reborn", new { url = second.BaseUrl });
        await Retry.UntilAsync(
            "the new server is mirrored",
            async () => await hubs.StatusAsync("reborn", "controller_id") != former && await hubs.StatusAsync("reborn", "state") == "synced",
            Patience);
        await hubs.ShouldMirrorAsync("reborn", newcomer);
        var page = await _admin.SendAsync("GET", $"/api/v1/events?after={Uri.EscapeDataString(head)}&limit=1000");
        var events = page.Json.GetProperty("events").EnumerateArray().ToList();
        var lastDeletion = events.FindLastIndex(x => x.GetProperty("operation").GetString() == "delete");
        var firstCreation = events.FindIndex(x => x.GetProperty("operation").GetString() == "create");
        Assert.True(lastDeletion >= 0 && lastDeletion < firstCreation, page.Text);
        await hubs.RemoveAsync("reborn");
    }

    [Fact]
    public async Task ARemovedSource_LeavesNothing_AndItsNameIsFreeAgain()
    {
        await ThreeHubs.MakeProxyAsync(hubs.East, "p");
        await hubs.AddAsync("gone", hubs.EastAddress);
        await hubs.SyncedAsync("gone");

        Assert.Equal(200, (await _admin.SendAsync("DELETE", "/api/v1/sources/gone")).Status);

        Assert.Equal(404, (await _admin.SendAsync("GET", "/api/v1/sources/gone")).Status);
        Assert.DoesNotContain("gone", (await _admin.SendAsync("GET", "/api/v1/sources")).Text);
        await Retry.UntilAsync("nothing is mirrored", async () => (await hubs.MirroredAsync("gone")).Count == 0, Patience);
        await Retry.UntilAsync(
            "the name is free", async () => (await _admin.SendAsync("POST", "/api/v1/sources", ThreeHubs.Source("gone", hubs.EastAddress))).Status == 200, Patience);
        await hubs.SyncedAsync("gone");
        await hubs.RemoveAsync("gone");
    }

    [Fact]
    public async Task WhatIsWrong_IsSaidInTheState_AndMendedByAnUpdate()
    {
        var made = await _admin.SendAsync("POST", "/api/v1/sources", ThreeHubs.Source("wrong", hubs.EastAddress, "wrong-password"));
        Assert.Equal(200, made.Status);
        Assert.DoesNotContain("wrong-password", made.Text);
        await hubs.ShouldSayAsync("wrong", "the login was refused: the user name or the password is wrong, or the user is disabled");
        Assert.Equal("retrying", await hubs.StatusAsync("wrong", "state"));

        await _admin.SendAsync("PUT", "/api/v1/sources/wrong", new { url = $"http://127.0.0.1:{ClosedPort()}" });
        await hubs.ShouldSayAsync("wrong", "cannot be reached");

        await _admin.SendAsync("PUT", "/api/v1/sources/wrong", new { url = new Uri(hubs.EastAddress, "/ui-of-somebody/") });
        await hubs.ShouldSayAsync("wrong", "no GARM server");

        await _admin.SendAsync("PUT", "/api/v1/sources/wrong", new { url = hubs.EastAddress, password = HubClient.Password });
        await hubs.SyncedAsync("wrong");

        await _admin.SendAsync("PUT", "/api/v1/sources/wrong", new { enabled = false });
        Assert.Equal("disabled", await hubs.StatusAsync("wrong", "state"));
        Assert.NotEmpty(await hubs.MirroredAsync("wrong"));
        await hubs.RemoveAsync("wrong");
    }

    [Fact]
    public async Task WhatASourceMirrorsItself_IsNotMirroredAgain()
    {
        await ThreeHubs.MakeProxyAsync(hubs.West, "of-the-west");
        await hubs.AddAsync("nested", hubs.WestAddress, hubs.East);
        await hubs.SyncedAsync("nested", hubs.East);
        await hubs.AddAsync("upper", hubs.EastAddress);
        await hubs.SyncedAsync("upper");
        await using var socket = await _admin.OpenSocketAsync();
        await socket.SendTextAsync("""{"send-everything":true,"source":"upper","cursor":"now","heartbeat-seconds":0}""");
        Assert.Contains("caught-up", (await socket.EventsAsync(1))[0]);

        await ThreeHubs.MakeProxyAsync(hubs.West, "of-the-west-too");
        await Retry.UntilAsync("the east mirrors it", async () => (await hubs.MirroredAsync("nested", hubs.East)).Any(x => ThreeHubs.Is(x, "proxy", "name", "of-the-west-too")), Patience);
        await ThreeHubs.MakeProxyAsync(hubs.East, "of-the-east");

        Assert.Contains("\"of-the-east\"", (await socket.EventsAsync(1))[0]);
        await hubs.RemoveAsync("upper");
        await hubs.East.SendAsync("DELETE", "/api/v1/sources/nested");
    }

    [Fact]
    public async Task OnlyAdministrators_ManageSources()
    {
        await _admin.SendAsync("POST", "/api/v1/users", new { username = "reader", email = "r@example.com", password = HubClient.Password });
        using var reader = await HubClient.LoginAsync(hubs.Address, "reader");

        Assert.Equal(401, (await reader.SendAsync("GET", "/api/v1/sources")).Status);
        Assert.Equal(401, (await reader.SendAsync("POST", "/api/v1/sources", ThreeHubs.Source("east", hubs.EastAddress))).Status);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static List<string?> Operations(List<JsonElement> frames, string source) =>
        [.. frames.Where(x => x.GetProperty("source").GetString() == source).Select(x => x.GetProperty("operation").GetString())];

    private static JsonElement Read(string frame) => JsonSerializer.Deserialize<JsonElement>(frame);
}
