using System.Net;
using Garm.Golden.Sockets;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Browsers;

/// <summary>The promises of <c>docs/browsers.md</c> to pages: a token in a subprotocol, and CORS for the allowed origins.</summary>
public sealed class BrowserSpecs(BrowserSpecs.HubForPages hub) : IClassFixture<BrowserSpecs.HubForPages>
{
    private const string Page = "https://dashboard.example.com";
    private const string Stranger = "https://elsewhere.example.com";

    [Theory]
    [InlineData("/api/v1/ws/events")]
    [InlineData("/api/v1/ws/metrics")]
    public async Task ASocket_IsOpenedWithTheTokenInASubprotocol_AndTheAnswerNamesTheOther(string path)
    {
        var result = await ConnectAsync(path, $"garm.events, garm.bearer.{hub.Admin.Token}", Page);

        Assert.Equal(101, result.Status);
        Assert.Equal("garm.events", result.Headers["Sec-WebSocket-Protocol"]);
        await result.Socket!.DisposeAsync();
    }

    [Theory]
    [InlineData("garm.events, garm.bearer.nonsense", Page, 401)]
    [InlineData("garm.events", Page, 401)]
    [InlineData("garm.events, garm.bearer.", Page, 401)]
    [InlineData("garm.bearer.TOKEN", Page, 401)]
    [InlineData("garm.bearer.TOKEN, garm.events", Page, 101)]
    [InlineData("garm.events, garm.bearer.TOKEN", Stranger, 403)]
    public async Task OnlyAGoodToken_AndAnAllowedOrigin_OpenIt(string protocols, string origin, int status)
    {
        var result = await ConnectAsync("/api/v1/ws/events", protocols.Replace("TOKEN", hub.Admin.Token, StringComparison.Ordinal), origin);

        Assert.Equal(status, result.Status);
        if (result.Socket is { } socket) await socket.DisposeAsync();
    }

    [Fact]
    public async Task WithoutOurSubprotocol_TheAnswerNamesNone()
    {
        var result = await RawWebSocket.ConnectAsync(hub.Host.BaseUrl, "/api/v1/ws/events", new Dictionary<string, string>
        {
            ["Authorization"] = $"Bearer {hub.Admin.Token}",
            ["Sec-WebSocket-Protocol"] = "chat",
        });

        Assert.Equal(101, result.Status);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", result.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        await result.Socket!.DisposeAsync();
    }

    [Fact]
    public async Task TheSubprotocolsToken_OpensNothingButSockets()
    {
        using var answer = await SendAsync(HttpMethod.Get, null, Page, ("Sec-WebSocket-Protocol", $"garm.events, garm.bearer.{hub.Admin.Token}"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task AnAllowedPage_MayReadAnswers_AndRefusals()
    {
        using var good = await SendAsync(HttpMethod.Get, hub.Admin.Token, Page);
        using var bad = await SendAsync(HttpMethod.Get, "nonsense", Page);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (good.StatusCode, bad.StatusCode));
        foreach (var answer in new[] { good, bad })
        {
            Assert.Equal(Page, One(answer, "Access-Control-Allow-Origin"));
            Assert.Contains("Garm-Cursor", One(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
            Assert.Equal("Origin", One(answer, "Vary"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    [Fact]
    public async Task AnAllowedPage_MayAskFirst()
    {
        using var answer = await SendAsync(
            HttpMethod.Options, null, Page,
            ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "authorization,content-type"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Page, One(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("PUT", One(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("Authorization", One(answer, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("OPTIONS")]
    public async Task AnotherPage_GetsNoPermission(string method)
    {
        using var answer = await SendAsync(
            new HttpMethod(method), hub.Admin.Token, Stranger, ("Access-Control-Request-Method", "PUT"));

        Assert.DoesNotContain(answer.Headers, x => x.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Origin", One(answer, "Vary"));
    }

    private static string One(HttpResponseMessage answer, string header) => Assert.Single(answer.Headers.GetValues(header));

    private Task<HandshakeResult> ConnectAsync(string path, string protocols, string origin) => RawWebSocket.ConnectAsync(
        hub.Host.BaseUrl, path, new Dictionary<string, string> { ["Sec-WebSocket-Protocol"] = protocols, ["Origin"] = origin });

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string? token, string origin, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(method, "/api/v1/pools");
        request.Headers.Add("Origin", origin);
        if (token is not null) request.Headers.Add("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    /// <summary>A hub with one origin besides its own.</summary>
    public sealed class HubForPages : InitialisedHub
    {
        protected override Dictionary<string, string?> Settings => new() { ["Garm:Events:AllowedOrigins:0"] = Page };
    }
}
