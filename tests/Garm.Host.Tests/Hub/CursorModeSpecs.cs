using System.Text.Json;

namespace Garm.Host.Tests.Hub;

/// <summary>Cursors over real sockets and REST, on a running hub.</summary>
public sealed class CursorModeSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Fact]
    public async Task AClientThatWasAway_LearnsWhatItMissed_AndGoesOnLive()
    {
        var before = await CreateAsync("before");
        await CreateAsync("missed");
        await using var socket = await hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync($$"""{"filters":[{"entity-type":"proxy"}],"cursor":"{{before}}"}""");
        var frames = (await socket.EventsAsync(2)).Select(Read).ToList();
        var live = await CreateAsync("live");
        frames.AddRange((await socket.EventsAsync(1)).Select(Read));

        Assert.Equal(["missed", "caught-up", "live"], frames.Select(NameOf));
        Assert.Equal(live, frames[2].GetProperty("cursor").GetString());
        Assert.NotEqual(JsonValueKind.Undefined, frames[0].GetProperty("committed-at").ValueKind);
    }

    [Fact]
    public async Task AFilterOnFields_FindsADeletion_ByTheLastState()
    {
        await using var socket = await hub.Admin.OpenSocketAsync();
        await socket.SendTextAsync("""{"filters":[{"entity-type":"proxy","operations":["delete"],"match":{"http_proxy":"http://a.example.com"}}]}""");
        await socket.SyncAsync(TimeSpan.FromSeconds(10));
        foreach (var host in (string[])["b", "a"])
        {
            var made = await hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = host, http_proxy = $"http://{host}.example.com" });
            Assert.Equal(200, (await hub.Admin.SendAsync("DELETE", $"/api/v1/proxies/{made.Json.GetProperty("id").GetInt64()}")).Status);
        }

        var deleted = Assert.Single(await socket.EventsAsync(1));
        Assert.Equal("a", NameOf(Read(deleted)));
        Assert.DoesNotContain("http_proxy", deleted);
        Assert.DoesNotContain("cursor", deleted);
    }

    [Fact]
    public async Task TheHistory_ComesInPages_AndRefusesWhatItCannotKnow()
    {
        var start = await CreateAsync("first");
        for (var i = 0; i < 5; i++) await CreateAsync($"p{i}");

        var names = new List<string>();
        for (var (after, more) = (start, true); more;)
        {
            var page = (await hub.Admin.SendAsync("GET", $"/api/v1/events?after={after}&limit=2")).Json;
            names.AddRange(page.GetProperty("events").EnumerateArray().Select(NameOf));
            (after, more) = (page.GetProperty("cursor").GetString()!, page.GetProperty("more").GetBoolean());
        }

        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], names);
        Assert.Equal(400, (await hub.Admin.SendAsync("GET", "/api/v1/events?after=garbled")).Status);
        Assert.Equal(400, (await hub.Admin.SendAsync("GET", "/api/v1/events?limit=0")).Status);
        Assert.Equal(400, (await hub.Admin.SendAsync("GET", "/api/v1/events?filter=x")).Status);
    }

    private async Task<string> CreateAsync(string name)
    {
        var answer = await hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name, http_proxy = "http://p.example.com" });
        Assert.Equal(200, answer.Status);
        return answer.Cursor!;
    }

    private static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static string NameOf(JsonElement frame) => frame.TryGetProperty("control", out var control)
        ? control.GetString()!
        : frame.GetProperty("payload").GetProperty("name").GetString()!;
}
