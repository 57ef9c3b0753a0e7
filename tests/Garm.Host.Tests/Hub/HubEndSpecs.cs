using Garm.Golden.Sockets;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Hub;

/// <summary>The end of a hub as its users see it: sockets are closed properly, and no secret was shown.</summary>
public sealed class HubEndSpecs : IAsyncLifetime
{
    private readonly HubProcess _hub = new();

    public Task InitializeAsync() => _hub.InitializeAsync();

    public Task DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task AStop_ClosesSockets_With1001_AndEndsWithZero()
    {
        await using var socket = await _hub.Admin.WatchEverythingAsync();

        var stopping = _hub.Host.StopAsync();

        Assert.Equal(new SocketFrame(FrameKind.Close, "", 1001), await socket.CloseFrameAsync());
        await stopping;
        Assert.Equal(0, ((RunningHost)_hub.Host).ExitCode);
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
}
