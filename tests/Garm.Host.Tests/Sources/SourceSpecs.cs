using System.Net.Sockets;
using System.Text.Json;
using Garm.Golden.Running;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Sources;

/// <summary>Two hubs behind a hub: the mirror is what they list, in every form in which events are read.</summary>
public sealed class SourceSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Types = ["proxies", "github/endpoints", "github/credentials", "templates", "repositories", "pools", "users"];

    private readonly InitialisedHub _hub = new();
    private readonly InitialisedHub _east = new();
    private readonly InitialisedHub _west = new();

    public Task InitializeAsync() => Task.WhenAll(_hub.InitializeAsync(), _east.InitializeAsync(), _west.InitializeAsync());

    public Task DisposeAsync() => Task.WhenAll(_hub.DisposeAsync(), _east.DisposeAsync(), _west.DisposeAsync());

    [Fact]
    public async Task TwoSources_AreMirroredApart_AsTheirListsAre()
    {
        await _east.Admin.MakePoolAsync("before");
        await AddAsync("east", _east.Host.BaseUrl);
        await AddAsync("west", _west.Host.BaseUrl);
        await SyncedAsync("east");
        await SyncedAsync("west");
        await using var cursorMode = await _hub.Admin.OpenSocketAsync();
        await cursorMode.SendTextAsync("""{"filters":[{"entity-type":"proxy"}],"cursor":"now","heartbeat-seconds":0}""");
        Assert.Contains("caught-up", (await cursorMode.EventsAsync(1))[0]);
        await using var plain = await _hub.Admin.WatchEverythingAsync();

        var id = await MakeProxyAsync(_east.Admin, "same");
        Assert.Equal(id, await MakeProxyAsync(_west.Admin, "same"));
        await _east.Admin.SendAsync("PUT", $"/api/v1/proxies/{id}", new { description = "changed" });
        await _west.Admin.SendAsync("DELETE", $"/api/v1/proxies/{id}");
        await _west.Admin.MakePoolAsync("after");

        var live = (await cursorMode.EventsAsync(4)).Select(Read).ToList();
        Assert.Equal(["create", "update"], Operations(live, "east"));
        Assert.Equal(["create", "delete"], Operations(live, "west"));
        Assert.Equal(["entity-type", "operation", "source", "payload"], live[0].EnumerateObject().Select(x => x.Name).Take(4));
        Assert.All((await plain.EventsAsync(4)).Select(Read), x => Assert.Equal(["entity-type", "operation", "payload"], x.EnumerateObject().Select(y => y.Name)));
        await ShouldMirrorAsync("east", _east.Admin);
        await ShouldMirrorAsync("west", _west.Admin);

        // The same in the history, and by the source's name in a filter.
        var page = await _hub.Admin.SendAsync(
            "GET", $"/api/v1/events?after={Uri.EscapeDataString(live[0].GetProperty("cursor").GetString()!)}&filter={Uri.EscapeDataString("""{"filters":[{"entity-type":"proxy"}],"source":"west"}""")}");
        Assert.All(page.Json.GetProperty("events").EnumerateArray(), x => Assert.Equal("west", x.GetProperty("source").GetString()));
        Assert.Equal("delete", page.Json.GetProperty("events").EnumerateArray().Last().GetProperty("operation").GetString());

        // The hub's own lists are its own.
        Assert.Empty((await _hub.Admin.SendAsync("GET", "/api/v1/proxies")).Json.EnumerateArray());
    }

    [Fact]
    public async Task AQuietSource_MakesNoEvent_HoweverOftenItIsListed()
    {
        await _east.Admin.MakePoolAsync("quiet");
        await AddAsync("east", _east.Host.BaseUrl);
        await SyncedAsync("east");
        var head = await HeadAsync();
        var listed = await StatusAsync("east", "last_list_at");

        await Retry.UntilAsync("it was listed three times more", async () =>
        {
            var now = await StatusAsync("east", "last_list_at");
            return DateTime.Parse(now) - DateTime.Parse(listed) > TimeSpan.FromSeconds(3);
        }, Patience);

        Assert.Equal(head, await HeadAsync());
        Assert.Equal("0", await StatusAsync("east", "repairs"));
    }

    [Fact]
    public async Task AServerWithAnotherDatabase_IsAnotherServer()
    {
        var first = await RunningHost.StartAsync(new Dictionary<string, string?>());
        var server = await GoldenServer.InitialiseAsync(first.BaseUrl);
        using var admin = new HubClient(first.BaseUrl, server.Token);
        await MakeProxyAsync(admin, "old");
        await AddAsync("east", first.BaseUrl);
        await SyncedAsync("east");
        var former = await StatusAsync("east", "controller_id");
        var url = first.BaseUrl;
        await first.KillAsync();
        await first.DisposeAsync();
        await Retry.UntilAsync("it is tried again", async () => await StatusAsync("east", "state") == "retrying", Patience);
        Assert.Contains("cannot be reached", await StatusAsync("east", "message"));
        var head = await HeadAsync();

        await using var second = await RunningHost.StartAsync(new Dictionary<string, string?> { ["Urls"] = url.ToString() });
        var again = await GoldenServer.InitialiseAsync(second.BaseUrl);
        using var newcomer = new HubClient(second.BaseUrl, again.Token);
        await MakeProxyAsync(newcomer, "new");

        await Retry.UntilAsync(
            "the new server is mirrored", async () => await StatusAsync("east", "controller_id") != former && await StatusAsync("east", "state") == "synced", Patience);
        await ShouldMirrorAsync("east", newcomer);
        var page = await _hub.Admin.SendAsync("GET", $"/api/v1/events?after={Uri.EscapeDataString(head)}&limit=1000");
        var events = page.Json.GetProperty("events").EnumerateArray().ToList();
        var lastDeletion = events.FindLastIndex(x => x.GetProperty("operation").GetString() == "delete");
        var firstCreation = events.FindIndex(x => x.GetProperty("operation").GetString() == "create");
        Assert.True(lastDeletion >= 0 && lastDeletion < firstCreation, page.Text);
    }

    [Fact]
    public async Task ARemovedSource_LeavesNothing_AndItsNameIsFreeAgain()
    {
        await MakeProxyAsync(_east.Admin, "p");
        await AddAsync("east", _east.Host.BaseUrl);
        await SyncedAsync("east");

        Assert.Equal(200, (await _hub.Admin.SendAsync("DELETE", "/api/v1/sources/east")).Status);

        Assert.Equal(404, (await _hub.Admin.SendAsync("GET", "/api/v1/sources/east")).Status);
        Assert.Equal("[]", (await _hub.Admin.SendAsync("GET", "/api/v1/sources")).Text.Trim());
        Assert.Empty(await MirroredAsync("east"));
        await AddAsync("east", _east.Host.BaseUrl);
        await SyncedAsync("east");
    }

    [Fact]
    public async Task WhatIsWrong_IsSaidInTheState_AndMendedByAnUpdate()
    {
        var made = await _hub.Admin.SendAsync("POST", "/api/v1/sources", Source("east", _east.Host.BaseUrl, "wrong-password"));
        Assert.Equal(200, made.Status);
        Assert.DoesNotContain("wrong-password", made.Text);
        await Retry.UntilAsync("the refusal is told", async () => (await StatusAsync("east", "message")).Contains("login was refused"), Patience);
        Assert.Equal("retrying", await StatusAsync("east", "state"));

        await _hub.Admin.SendAsync("PUT", "/api/v1/sources/east", new { url = $"http://127.0.0.1:{ClosedPort()}" });
        await Retry.UntilAsync("the refused connection is told", async () => (await StatusAsync("east", "message")).Contains("cannot be reached"), Patience);

        await _hub.Admin.SendAsync("PUT", "/api/v1/sources/east", new { url = _east.Host.BaseUrl, password = HubClient.Password });
        await SyncedAsync("east");

        await _hub.Admin.SendAsync("PUT", "/api/v1/sources/east", new { enabled = false });
        Assert.Equal("disabled", await StatusAsync("east", "state"));
        Assert.NotEmpty(await MirroredAsync("east"));
    }

    [Fact]
    public async Task OnlyAdministrators_ManageSources()
    {
        await _hub.Admin.SendAsync("POST", "/api/v1/users", new { username = "reader", email = "r@example.com", password = HubClient.Password });
        using var reader = await HubClient.LoginAsync(_hub.Host.BaseUrl, "reader");

        Assert.Equal(401, (await reader.SendAsync("GET", "/api/v1/sources")).Status);
        Assert.Equal(401, (await reader.SendAsync("POST", "/api/v1/sources", Source("east", _east.Host.BaseUrl))).Status);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static object Source(string name, Uri url, string password = HubClient.Password) =>
        new { name, url, username = "admin", password, relist_seconds = 1 };

    private async Task AddAsync(string name, Uri url)
    {
        var answer = await _hub.Admin.SendAsync("POST", "/api/v1/sources", Source(name, url));
        Assert.True(answer.Status == 200, answer.Text);
    }

    private Task SyncedAsync(string name) =>
        Retry.UntilAsync($"{name} is synced", async () => await StatusAsync(name, "state") == "synced", Patience);

    private async Task<string> StatusAsync(string name, string field) =>
        (await _hub.Admin.SendAsync("GET", $"/api/v1/sources/{name}")).Json.GetProperty("status") is var status && status.TryGetProperty(field, out var value)
            ? value.ToString()
            : "";

    private async Task<string> HeadAsync() => (await _hub.Admin.SendAsync("GET", "/api/v1/snapshot?limit=1")).Json.GetProperty("cursor").GetString()!;

    private async Task<List<JsonElement>> MirroredAsync(string source)
    {
        var filter = Uri.EscapeDataString($$"""{"send-everything":true,"source":"{{source}}"}""");
        var page = await _hub.Admin.SendAsync("GET", $"/api/v1/snapshot?limit=1000&filter={filter}");
        Assert.True(page.Status == 200, page.Text);
        return [.. page.Json.GetProperty("entities").EnumerateArray()];
    }

    /// <summary>Each entity that the server lists is mirrored with what the list says of it, and no other is.</summary>
    private Task ShouldMirrorAsync(string source, HubClient server) => Retry.UntilAsync(
        $"{source} is mirrored as it lists itself",
        async () =>
        {
            var mirrored = (await MirroredAsync(source)).Where(x => x.GetProperty("entity-type").GetString() != "controller")
                .Select(x => x.GetProperty("payload")).ToList();
            var listed = new List<JsonElement>();
            foreach (var type in Types)
            {
                var list = (await server.SendAsync("GET", $"/api/v1/{type}")).Json;
                if (list.ValueKind == JsonValueKind.Array) listed.AddRange(list.EnumerateArray());
            }

            return mirrored.Count == listed.Count && listed.All(x => mirrored.Any(y => IsOf(x, y)));
        },
        Patience);

    // A pool's list of runners is another type's; a template's text is not in its list.
    private static bool IsOf(JsonElement listed, JsonElement mirrored) => listed.EnumerateObject()
        .Where(x => x.Name != "instances")
        .All(x => mirrored.TryGetProperty(x.Name, out var value) && JsonElement.DeepEquals(value, x.Value));

    private static List<string?> Operations(List<JsonElement> frames, string source) =>
        [.. frames.Where(x => x.GetProperty("source").GetString() == source).Select(x => x.GetProperty("operation").GetString())];

    private static async Task<string> MakeProxyAsync(HubClient admin, string name)
    {
        var answer = await admin.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("id").ToString();
    }

    private static JsonElement Read(string frame) => JsonSerializer.Deserialize<JsonElement>(frame);
}
