using System.Net;
using System.Net.Sockets;
using System.Text;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Limits;

/// <summary>The limits as clients meet them.</summary>
public sealed class LimitsSpecs(LimitsSpecs.LimitedHub hub) : IClassFixture<LimitsSpecs.LimitedHub>
{
    [Fact]
    public async Task TooManyFailedLogins_AreTold_With429_AndRetryAfter()
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(http, "nobody")).StatusCode);

        using var refusal = await LoginAsync(http, "nobody");

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.InRange(refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(
            "{\"error\":\"too_many_attempts\",\"details\":\"Too many failed logins. Try again later\"}\n",
            await refusal.Content.ReadAsStringAsync());
        (await HubClient.LoginAsync(hub.Host.BaseUrl, "admin")).Dispose();
    }

    [Fact]
    public async Task OneSessionTooMany_OfAUser_IsToldWith429_AndThereIsRoomAgainAfterOneEnds()
    {
        var first = await OpenAsync();

        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var refusal = await UpgradeAsync(http);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
        Assert.Equal(10, refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("\"too_many_sessions_of_user\"", await refusal.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await first.DisposeAsync();
        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task TooManyFilters_AreToldByName()
    {
        await using var socket = await OpenAsync();
        const string pool = """{"entity-type":"pool"}""";

        await socket.SendTextAsync($$"""{"filters":[{{pool}},{{pool}},{{pool}}]}""");

        var frames = await socket.UntilEndAsync();
        Assert.Equal("too many filters: at most 2 in one message", Assert.Single(frames, x => x.Kind == FrameKind.Text).Text);
        Assert.Equal((ushort)1000, Assert.Single(frames, x => x.Kind == FrameKind.Close).Code!.Value);
    }

    [Fact]
    public async Task TooManyMessages_EndTheSession_With1008()
    {
        await using var socket = await OpenAsync();

        for (var i = 0; i < 20; i++) await socket.SendTextAsync("{}");

        Assert.Equal(new SocketFrame(FrameKind.Close, "too-many-messages", 1008), await socket.CloseFrameAsync());
    }

    [Fact]
    public async Task TooBigAMessage_EndsTheSession_With1009()
    {
        await using var socket = await OpenAsync();

        await socket.SendTextAsync(new string(' ', 1025));

        Assert.Equal((ushort)1009, (await socket.CloseFrameAsync()).Code!.Value);
    }

    [Fact]
    public async Task AHandshake_ThatIsNotFinished_IsGivenUp()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, hub.Host.BaseUrl.Port);
        await client.GetStream().WriteAsync("GET /api/v1/ws/events HTTP/1.1\r\nHost: x\r\n"u8.ToArray());

        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    // The only session that the user may have ends a moment after its connection.
    private async Task<RawWebSocket> OpenAsync()
    {
        RawWebSocket? socket = null;
        await Retry.UntilAsync(
            "there is room for a session", async () => (socket = (await hub.Admin.HandshakeAsync()).Socket) is not null, TimeSpan.FromSeconds(20));
        return socket!;
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient http, string user) => http.PostAsync(
        new Uri("/api/v1/auth/login", UriKind.Relative),
        new StringContent($$"""{"username":"{{user}}","password":"wrong"}""", Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> UpgradeAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/ws/events");
        request.Headers.Authorization = new("Bearer", hub.Admin.Token);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return await http.SendAsync(request);
    }

    public sealed class LimitedHub : InitialisedHub
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Garm:Login:FailuresPerUser"] = "3",
            ["Garm:Events:MaxSessionsPerUser"] = "1",
            ["Garm:Events:MaxFilters"] = "2",
            ["Garm:Events:MaxMessageBytes"] = "1024",
            ["Garm:Events:MaxMessagesPerSecond"] = "2",
            ["Garm:Events:HandshakeTimeout"] = "1s",
        };
    }
}
