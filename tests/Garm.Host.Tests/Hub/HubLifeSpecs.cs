using Garm.Golden.Sockets;
using Garm.Log;

namespace Garm.Host.Tests.Hub;

/// <summary>The hub as its users see it: a write reaches the sockets, a stop closes them properly, and no secret is shown.</summary>
public sealed class HubLifeSpecs : IAsyncLifetime
{
    private readonly InitialisedHub _hub = new();

    public Task InitializeAsync() => _hub.InitializeAsync();

    public Task DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task AWrite_ReachesEverySocket_AsTheApiShowsIt()
    {
        await using var one = await _hub.Admin.WatchEverythingAsync();
        await using var two = await _hub.Admin.WatchEverythingAsync();

        var answer = await _hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "p<&>", http_proxy = "http://p.example.com" });

        var expected = $$"""{"entity-type":"proxy","operation":"create","payload":{{answer.Text.TrimEnd('\n')}}}""";
        Assert.Equal([expected], await one.EventsAsync(1));
        Assert.Equal([expected], await two.EventsAsync(1));
    }

    [Fact]
    public async Task ManyWritesAtOnce_ReachASocket_EachOnce_InTheOrderOfTheLog()
    {
        await using var socket = await _hub.Admin.WatchEverythingAsync();

        var cursors = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var answer = await _hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = $"p{i}", http_proxy = "http://p.example.com" });
            Assert.True(EventCursor.TryDecode(answer.Cursor!, out var place));
            return (place.Position, Id: answer.Json.GetProperty("id").GetInt64());
        }));

        var events = await socket.EventsAsync(60);
        Assert.Equal(
            cursors.OrderBy(x => x.Position).Select(x => x.Id),
            events.Select(x => System.Text.Json.JsonDocument.Parse(x).RootElement.GetProperty("payload").GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task AStop_ClosesSockets_With1001_AndEndsWithZero()
    {
        await using var socket = await _hub.Admin.WatchEverythingAsync();

        var stopping = _hub.Host.StopAsync();

        Assert.Equal(new SocketFrame(FrameKind.Close, "", 1001), await socket.CloseFrameAsync());
        await stopping;
        Assert.Equal(0, _hub.Host.ExitCode);
    }

    [Fact]
    public async Task Secrets_AreInNoAnswer_NoEvent_AndNoLogLine()
    {
        const string token = "ghp_secret_of_the_test";
        const string webhookSecret = "webhook-secret-of-the-test";
        const string proxyPassword = "proxy-password-of-the-test";
        await using var socket = await _hub.Admin.WatchEverythingAsync();
        var answers = new List<HubAnswer>
        {
            await _hub.Admin.SendAsync("POST", "/api/v1/github/credentials", new { name = "c", endpoint = "github.com", auth_type = "pat", pat = new { oauth2_token = token } }),
            await _hub.Admin.SendAsync("POST", "/api/v1/repositories", new { owner = "o", name = "r", credentials_name = "c", webhook_secret = webhookSecret }),
            await _hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "p", http_proxy = "http://p.example.com", username = "u", password = proxyPassword }),
            await _hub.Admin.SendAsync("GET", "/api/v1/github/credentials"),
            await _hub.Admin.SendAsync("GET", "/api/v1/repositories"),
            await _hub.Admin.SendAsync("GET", "/api/v1/users"),
        };
        Assert.All(answers, x => Assert.Equal(200, x.Status));
        var events = await socket.EventsAsync(3);

        await _hub.Host.StopAsync();
        var everything = string.Concat(answers.Select(x => x.Text)) + string.Concat(events) + _hub.Host.Output;
        foreach (var secret in new[] { token, webhookSecret, proxyPassword, HubClient.Password, _hub.Admin.Token, "$2a$" })
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_IsTold_WithoutAToken()
    {
        using var nobody = new HubClient(_hub.Host.BaseUrl, null);

        Assert.Equal((200, "alive\n"), ((await nobody.SendAsync("GET", "/healthz")).Status, (await nobody.SendAsync("GET", "/healthz")).Text));
        Assert.Equal((200, "ready\n"), ((await nobody.SendAsync("GET", "/readyz")).Status, (await nobody.SendAsync("GET", "/readyz")).Text));
    }
}
