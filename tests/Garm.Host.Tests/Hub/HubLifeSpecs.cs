using Garm.Log;

namespace Garm.Host.Tests.Hub;

/// <summary>The hub as its users see it: a write reaches the sockets, and health is told.</summary>
public sealed class HubLifeSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Fact]
    public async Task AWrite_ReachesEverySocket_AsTheApiShowsIt()
    {
        await using var one = await hub.Admin.WatchEverythingAsync();
        await using var two = await hub.Admin.WatchEverythingAsync();

        var answer = await hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "p<&>", http_proxy = "http://p.example.com" });

        var expected = $$"""{"entity-type":"proxy","operation":"create","payload":{{answer.Text.TrimEnd('\n')}}}""";
        Assert.Equal([expected], await one.EventsAsync(1));
        Assert.Equal([expected], await two.EventsAsync(1));
    }

    [Fact]
    public async Task ManyWritesAtOnce_ReachASocket_EachOnce_InTheOrderOfTheLog()
    {
        await using var socket = await hub.Admin.WatchEverythingAsync();

        var cursors = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var answer = await hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = $"p{i}", http_proxy = "http://p.example.com" });
            Assert.True(EventCursor.TryDecode(answer.Cursor!, out var place));
            return (place.Position, Id: answer.Json.GetProperty("id").GetInt64());
        }));

        var events = await socket.EventsAsync(60);
        Assert.Equal(
            cursors.OrderBy(x => x.Position).Select(x => x.Id),
            events.Select(x => System.Text.Json.JsonDocument.Parse(x).RootElement.GetProperty("payload").GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task Health_IsTold_WithoutAToken()
    {
        using var nobody = new HubClient(hub.Host.BaseUrl, null);

        Assert.Equal((200, "alive\n"), ((await nobody.SendAsync("GET", "/healthz")).Status, (await nobody.SendAsync("GET", "/healthz")).Text));
        Assert.Equal((200, "ready\n"), ((await nobody.SendAsync("GET", "/readyz")).Status, (await nobody.SendAsync("GET", "/readyz")).Text));
    }
}
