using System.Text.Json;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Sources;

/// <summary>A hub, and two that are its sources.</summary>
public sealed class ThreeHubs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Types =
        ["proxies", "github/endpoints", "github/credentials", "templates", "repositories", "pools", "scalesets", "instances", "users"];

    private readonly InitialisedHub _hub = new();
    private readonly InitialisedHub _east = new();
    private readonly InitialisedHub _west = new();

    internal HubClient Admin => _hub.Admin;

    internal Uri Address => _hub.Host.BaseUrl;

    internal HubClient East => _east.Admin;

    internal HubClient West => _west.Admin;

    internal Uri EastAddress => _east.Host.BaseUrl;

    internal Uri WestAddress => _west.Host.BaseUrl;

    public async Task InitializeAsync()
    {
        // One after the other: a start is work.
        await _hub.InitializeAsync();
        await _east.InitializeAsync();
        await _west.InitializeAsync();
    }

    public Task DisposeAsync() => Task.WhenAll(_hub.DisposeAsync(), _east.DisposeAsync(), _west.DisposeAsync());

    internal static object Source(string name, Uri url, string password = HubClient.Password) =>
        new { name, url, username = "admin", password, relist_seconds = 1 };

    internal async Task AddAsync(string name, Uri url, HubClient? hub = null)
    {
        var answer = await (hub ?? Admin).SendAsync("POST", "/api/v1/sources", Source(name, url));
        Assert.True(answer.Status == 200, answer.Text);
    }

    internal async Task RemoveAsync(params string[] names)
    {
        foreach (var name in names) Assert.Equal(200, (await Admin.SendAsync("DELETE", $"/api/v1/sources/{name}")).Status);
    }

    internal Task SyncedAsync(string name, HubClient? hub = null) =>
        Retry.UntilAsync($"{name} is synced", async () => await StatusAsync(name, "state", hub) == "synced", Patience);

    internal Task ShouldSayAsync(string name, string words) =>
        Retry.UntilAsync($"{name} says \"{words}\"", async () => (await StatusAsync(name, "message")).Contains(words), Patience);

    internal async Task<string> StatusAsync(string name, string field, HubClient? hub = null)
    {
        var status = (await (hub ?? Admin).SendAsync("GET", $"/api/v1/sources/{name}")).Json.GetProperty("status");
        return status.TryGetProperty(field, out var value) ? value.ToString() : "";
    }

    internal async Task<string> HeadAsync() => (await Admin.SendAsync("GET", "/api/v1/snapshot?limit=1")).Json.GetProperty("cursor").GetString()!;

    internal async Task<List<JsonElement>> MirroredAsync(string source, HubClient? hub = null)
    {
        var filter = Uri.EscapeDataString($$"""{"send-everything":true,"source":"{{source}}"}""");
        var page = await (hub ?? Admin).SendAsync("GET", $"/api/v1/snapshot?limit=1000&filter={filter}");
        Assert.True(page.Status == 200, page.Text);
        return [.. page.Json.GetProperty("entities").EnumerateArray()];
    }

    /// <summary>Each entity that the server lists is mirrored with what the list says of it, and no other is.</summary>
    internal Task ShouldMirrorAsync(string source, HubClient server) => Retry.UntilAsync(
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
        .Where(x => x.Name is not ("instances" or "data"))
        .All(x => mirrored.TryGetProperty(x.Name, out var value) && JsonElement.DeepEquals(value, x.Value));

    internal static bool Is(JsonElement entity, string type, string field, string value) =>
        entity.GetProperty("entity-type").GetString() == type
        && entity.GetProperty("payload").TryGetProperty(field, out var found) && found.ToString() == value;

    internal static async Task<string> MakeProxyAsync(HubClient admin, string name)
    {
        var answer = await admin.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("id").ToString();
    }

    /// <summary>A scale set with the forge's id 7, and a runner; the scale set's own id.</summary>
    internal static async Task<string> MakeScaleSetAsync(HubClient admin)
    {
        var pool = await admin.MakePoolAsync("of-scale-sets");
        var runner = await admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { name = "one-name" });
        Assert.True(runner.Status == 200, runner.Text);
        var repository = await admin.MakeRepositoryAsync("scaled");
        var answer = await admin.SendAsync("POST", $"/api/v1/repositories/{repository}/scalesets", new
        {
            name = "s",
            scale_set_id = 7,
            provider_name = "fake",
            image = "i",
            flavor = "f",
            os_type = "linux",
            os_arch = "amd64",
            max_runners = 5,
        });
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("id").ToString();
    }

    /// <summary>The next proxy gets the same id in both.</summary>
    internal async Task EvenAsync()
    {
        var (east, west) = (0, 0);
        for (var i = 0; i == 0 || east != west; i++)
        {
            var (isEast, isWest) = (i == 0 || east < west, i == 0 || west < east);
            if (isEast) east = int.Parse(await MakeProxyAsync(East, $"even-{i}"));
            if (isWest) west = int.Parse(await MakeProxyAsync(West, $"even-{i}"));
        }
    }
}
