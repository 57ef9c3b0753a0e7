using System.Net;
using System.Text;
using Garm.Host.Authentication;
using Garm.Host.Tests.Hub;
using Garm.Host.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Garm.Host.Tests.Authentication;

/// <summary>Another site's page can make a browser send the cookie, and must not write with it.</summary>
public sealed class CookieWritesSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    private const string Own = "http://hub.example.com";
    private const string Allowed = "https://dash.example.com";
    private const string Foreign = "https://evil.example.com";

    [Theory]
    [InlineData("PUT", Own, null, true)]
    [InlineData("POST", Allowed, null, true)]
    [InlineData("POST", Allowed, "cross-site", true)]
    [InlineData("DELETE", null, "same-origin", true)]
    [InlineData("PUT", "https://public.example.com", "same-origin", true)] // A proxy changed the Host header.
    [InlineData("PUT", Foreign, null, false)]
    [InlineData("POST", Foreign, "cross-site", false)]
    [InlineData("POST", Foreign, "same-site", false)]
    [InlineData("DELETE", null, "none", false)]
    [InlineData("POST", "null", null, false)]
    [InlineData("POST", "", null, false)]
    [InlineData("POST", null, null, false)]
    [InlineData("GET", Foreign, "cross-site", true)]
    [InlineData("HEAD", null, null, true)]
    public void AWriteWithTheCookie_IsAllowed_ToWhoMayMakeIt(string method, string? origin, string? site, bool allowed) =>
        Assert.Equal(allowed, Decide(method, origin, site, authorization: null));

    [Fact]
    public void AWriteWithAnAuthorizationHeader_IsNoPagesDoing() =>
        Assert.True(Decide("POST", Foreign, "cross-site", "Bearer x"));

    [Theory]
    [InlineData("https://evil.example.com", null, HttpStatusCode.Forbidden)]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData(null, "same-origin", HttpStatusCode.OK)]
    [InlineData("own", null, HttpStatusCode.OK)]
    public async Task TheApi_Asks_BeforeItWrites(string? origin, string? site, HttpStatusCode status)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = hub.Host.BaseUrl };
        using var write = Request(HttpMethod.Put, origin, site);
        write.Content = new StringContent("""{"minimum_job_age_backoff":31}""", Encoding.UTF8, "application/json");

        using var answer = await http.SendAsync(write);
        using var read = await http.SendAsync(Request(HttpMethod.Get, origin, site));

        Assert.Equal((status, HttpStatusCode.OK), (answer.StatusCode, read.StatusCode));
        if (status == HttpStatusCode.Forbidden)
            Assert.Contains("\"error\":\"foreign_origin\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private HttpRequestMessage Request(HttpMethod method, string? origin, string? site)
    {
        var request = new HttpRequestMessage(
            method, method == HttpMethod.Get ? "/api/v1/controller-info" : "/api/v1/controller");
        request.Headers.Add("Cookie", $"{BearerToken.Cookie}={hub.Admin.Token}");
        if (origin is not null) request.Headers.Add("Origin", origin == "own" ? hub.Host.BaseUrl.GetLeftPart(UriPartial.Authority) : origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        return request;
    }

    private static bool Decide(string method, string? origin, string? site, string? authorization)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = (method, new HostString("hub.example.com"));
        if (origin is not null) request.Headers.Origin = origin;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (authorization is not null) request.Headers.Authorization = authorization;
        return new CookieWrites(new OriginPolicy([Allowed])).Allows(request);
    }
}
