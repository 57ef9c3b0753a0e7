using System.Net;
using System.Net.WebSockets;
using Garm.Host.Authentication;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Ui;

/// <summary>What the hub answers at <c>/</c> and <c>/ui</c> to whoever is not logged in, or is no browser.</summary>
public sealed class ConsoleAccessSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.Redirect, "")]
    [InlineData("application/json", HttpStatusCode.OK, "\"api\":\"/api/v1\"")]
    [InlineData("*/*", HttpStatusCode.OK, "REST API: /api/v1\n")]
    [InlineData(null, HttpStatusCode.OK, "REST API: /api/v1\n")]
    public async Task TheRoot_LeadsBrowsersToTheConsole_AndTellsOthersWhereTheApiIs(string? accept, HttpStatusCode status, string content)
    {
        using var answer = await SendAsync("/", accept);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(content, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        if (status == HttpStatusCode.Redirect) Assert.Equal("/ui/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/ui", "/ui/login?return=")]
    [InlineData("/ui/live?type=job&where=job.name%3Da", "/ui/login?return=%2Flive%3Ftype%3Djob%26where%3Djob.name%253Da")]
    public async Task APage_AsksForALogin_AndKnowsWhereToGoThen(string path, string login)
    {
        using var answer = await SendAsync(path, "text/html");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(login, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/ui/login")]
    [InlineData("/ui/live")]
    [InlineData("/ui/_content/Garm.WebConsole/console.js")]
    public async Task EachAnswer_SaysWhatAPageMayDo(string path)
    {
        using var answer = await SendAsync(path, "text/html");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    /// <summary>The cookie does not come along with a link from elsewhere: the page asks again by itself, and then it does.</summary>
    [Fact]
    public async Task ALinkFromElsewhere_OpensAgain_InsteadOfAskingForALogin()
    {
        using var answer = await SendAsync("/ui/live?q=%22%3E%3Cscript%3E", "text/html", site: "cross-site");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true, 401)]
    [InlineData("http://evil.example.com", false, 403)]
    [InlineData("own", false, 101)]
    public async Task ACircuit_IsOpenedByAPageOfTheHub_ForAnAdministratorAlone(string? origin, bool isStranger, int status)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (!isStranger) socket.Options.SetRequestHeader("Cookie", $"{BearerToken.Cookie}={hub.Admin.Token}");
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin == "own" ? hub.Host.BaseUrl.GetLeftPart(UriPartial.Authority) : origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(hub.Host.BaseUrl, "/ui/_blazor")) { Scheme = "ws" }.Uri, default);
        }
        catch (WebSocketException) when (status != 101)
        {
            // Refused, as it should be.
        }

        Assert.Equal(status, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task NothingOfTheConsole_IsElsewhere()
    {
        foreach (var path in (string[])["/_blazor", "/_framework/blazor.web.js", "/_content/MudBlazor/MudBlazor.min.js", "/login"])
        {
            using var answer = await SendAsync(path, "text/html");
            Assert.Equal((HttpStatusCode.NotFound, "404 page not found\n"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? accept, string? site = null)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        return await http.SendAsync(request);
    }
}
