using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Compatibility;

/// <summary>Answers of GARM that no recording contains, according to its source.</summary>
public sealed class GarmAnswersSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    private const string Unknown = "99999999-9999-9999-9999-999999999999";

    [Theory]
    [InlineData("{\"metadata_url\":\"ftp://a.example.com\"}")]
    [InlineData("{\"agent_url\":\"wss://a.example.com/agent\"}")]
    public async Task TheController_TakesWhatGarmTakes(string change)
    {
        var before = (await hub.Admin.SendAsync("GET", "/api/v1/controller")).Json;
        var answer = await hub.Admin.SendAsync("PUT", "/api/v1/controller", Json(change));
        await hub.Admin.SendAsync("PUT", "/api/v1/controller", new
        {
            metadata_url = before.GetProperty("metadata_url").GetString(),
            agent_url = before.GetProperty("agent_url").GetString(),
        });

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("v1.2.3-rc.1+build.5", 200)]
    [InlineData("0.10.0-0a", 200)]
    [InlineData("v01.2.3", 400)]
    [InlineData("1.2.3-01", 400)]
    [InlineData("1.2.3-a..b", 400)]
    [InlineData("v1.2.3.4", 400)]
    [InlineData("Latest", 400)]
    public async Task AVersion_IsAProperOne(string version, int status)
    {
        var answer = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new { garm_agent_version = version });
        await hub.Admin.SendAsync("PUT", "/api/v1/controller", new { garm_agent_version = "latest" });

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task AnEmptyReleasesUrl_IsTheDefaultOne()
    {
        var other = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new { garm_agent_releases_url = "https://r.example.com" });
        var again = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new { garm_agent_releases_url = "" });

        Assert.Equal("https://r.example.com", other.Json.GetProperty("garm_agent_releases_url").GetString());
        Assert.Equal(
            "https://api.github.com/repos/cloudbase/garm-agent/releases",
            again.Json.GetProperty("garm_agent_releases_url").GetString());
    }

    [Fact]
    public async Task AVersion_IsStoredWithoutTheSpacesAroundIt()
    {
        var answer = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new { garm_agent_version = " v2.0.0 " });
        var latest = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new { garm_agent_version = " latest " });

        Assert.Equal("v2.0.0", answer.Json.GetProperty("garm_agent_version").GetString());
        Assert.Equal("", latest.Json.GetProperty("garm_agent_version").GetString());
    }

    [Theory]
    [InlineData("http://a b.example.com", "invalid proxy URL: \"http://a b.example.com\"")]
    [InlineData("http://p.example.com:port", "invalid proxy URL: \"http://p.example.com:port\"")]
    [InlineData("socks5h://p.example.com", "invalid proxy URL scheme \"socks5h\"; supported schemes are http, https and socks5")]
    public async Task AProxysUrl_IsRefusedInGarmsWords(string url, string details)
    {
        var answer = await hub.Admin.SendAsync("POST", "/api/v1/proxies", new { name = "px", http_proxy = url });

        Assert.Equal((400, $"failed to validate create params: {details}"), (answer.Status, Details(answer)));
    }

    [Fact]
    public async Task ASecondFirstRun_IsAConflict_WhateverItBrings()
    {
        using var nobody = new HubClient(hub.Host.BaseUrl, null);

        var answer = await nobody.SendAsync("POST", "/api/v1/first-run", "no object");

        Assert.Equal((409, "already initialized"), (answer.Status, Details(answer)));
    }

    [Theory]
    [InlineData("admin", 200)]
    [InlineData("admin@example.com", 200)]
    [InlineData("Admin", 401)]
    [InlineData("Admin@example.com", 401)]
    public async Task ALogin_HeedsTheCaseOfTheName(string username, int status)
    {
        using var nobody = new HubClient(hub.Host.BaseUrl, null);

        var answer = await nobody.SendAsync("POST", "/api/v1/auth/login", new { username, password = HubClient.Password });

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("/api/v1/repositories")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/webhooks")]
    [InlineData("/somewhere-else")]
    public async Task Options_IsAnswered_OnEveryPath_WithoutAToken(string path)
    {
        using var nobody = new HubClient(hub.Host.BaseUrl, null);

        var answer = await nobody.SendAsync("OPTIONS", path);

        Assert.Equal((200, ""), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.BadRequest)]
    [InlineData("PATCH", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "authorization, content-type", HttpStatusCode.OK)]
    [InlineData("PUT", "x-custom", HttpStatusCode.Forbidden)]
    public async Task APageOfAnotherOrigin_GetsAStatus_AndNoPermission(string? method, string? headers, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var question = new HttpRequestMessage(HttpMethod.Options, "/api/v1/pools");
        question.Headers.Add("Origin", "https://elsewhere.example.com");
        if (method is not null) question.Headers.Add("Access-Control-Request-Method", method);
        if (headers is not null) question.Headers.Add("Access-Control-Request-Headers", headers);

        using var answer = await http.SendAsync(question);

        Assert.Equal(status, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, x => x.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Bytes_AreTakenAsAnArrayOfNumbers_AsTheWebPageSendsThem()
    {
        var made = await hub.Admin.SendAsync("POST", "/api/v1/templates", Json(
            """{"name":"numbers","data":[35,33],"os_type":"linux","forge_type":"github"}"""));
        var wrong = await hub.Admin.SendAsync("POST", "/api/v1/templates", Json(
            """{"name":"numbers-2","data":[256],"os_type":"linux","forge_type":"github"}"""));

        Assert.True(made.Status == 200, made.Text);
        Assert.Equal("IyE=", made.Json.GetProperty("data").GetString());
        Assert.Equal((400, "invalid request"), (wrong.Status, Details(wrong)));
    }

    [Fact]
    public async Task Credentials_AreFoundByName_WhateverTheCase()
    {
        Assert.Equal(200, (await hub.Admin.SendAsync("POST", "/api/v1/github/credentials", Json(
            """{"name":"Mixed-Case","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"t"}}"""))).Status);

        var made = await hub.Admin.SendAsync(
            "POST", "/api/v1/organizations", new { name = "mixed", credentials_name = "mIXED-cASE", webhook_secret = "s" });

        Assert.True(made.Status == 200, made.Text);
        Assert.Equal("Mixed-Case", made.Json.GetProperty("credentials_name").GetString());
    }

    [Fact]
    public async Task ATagWithoutAName_HasNone()
    {
        var repository = await hub.Admin.MakeRepositoryAsync("nameless");
        var made = await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{repository}/pools", Json(
            """{"provider_name":"fake","max_runners":1,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","tags":[""]}"""));

        Assert.True(made.Status == 200, made.Text);
        Assert.Equal(["id"], made.Json.GetProperty("tags")[0].EnumerateObject().Select(x => x.Name));
    }

    /// <summary>GARM does not load the owner there, and shows its id only where it loads it.</summary>
    [Theory]
    [InlineData("organizations", "org_id")]
    [InlineData("enterprises", "enterprise_id")]
    public async Task AnEntitysPools_DoNotNameItAgain(string kind, string field)
    {
        await hub.Admin.MakeRepositoryAsync($"own-{kind}");
        var owner = await hub.Admin.SendAsync(
            "POST", $"/api/v1/{kind}", new { name = $"own-{kind}", credentials_name = $"own-{kind}", webhook_secret = "s" });
        Assert.True(owner.Status == 200, owner.Text);
        var id = owner.Json.GetProperty("id").GetString();
        var pool = await hub.Admin.SendAsync("POST", $"/api/v1/{kind}/{id}/pools", Json(
            """{"provider_name":"fake","max_runners":1,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64","tags":["t"]}"""));
        Assert.Equal(id, pool.Json.GetProperty(field).GetString());

        var shown = (await hub.Admin.SendAsync("GET", $"/api/v1/{kind}/{id}")).Json.GetProperty("pool")[0];

        Assert.Equal(pool.Json.GetProperty("id").GetString(), shown.GetProperty("id").GetString());
        Assert.False(shown.TryGetProperty(field, out _), shown.GetRawText());
    }

    [Fact]
    public async Task APoolChangedByItsId_TakesAnyTemplateThatIsThere()
    {
        var pool = await hub.Admin.MakePoolAsync("any-template");
        var templates = (await hub.Admin.SendAsync("GET", "/api/v1/templates")).Json.EnumerateArray();
        var other = templates.First(x => x.GetProperty("os_type").GetString() == "windows" && x.GetProperty("forge_type").GetString() == "gitea");

        var taken = await hub.Admin.SendAsync("PUT", $"/api/v1/pools/{pool}", new { template_id = other.GetProperty("id").GetInt64() });
        var unknown = await hub.Admin.SendAsync("PUT", $"/api/v1/pools/{pool}", new { template_id = 999999 });
        var both = await hub.Admin.SendAsync("PUT", $"/api/v1/pools/{pool}", new { template_id = 999999, min_idle_runners = 99 });

        Assert.True(taken.Status == 200, taken.Text);
        Assert.Equal(other.GetProperty("name").GetString(), taken.Json.GetProperty("template_name").GetString());
        Assert.Equal(404, unknown.Status);
        Assert.Equal((400, "min_idle_runners cannot be larger than max_runners"), (both.Status, Details(both)));
    }

    [Theory]
    [InlineData("garm_token", 200)]
    [InlineData("Garm_Token", 401)]
    [InlineData("GARM_TOKEN", 401)]
    public async Task TheCookiesName_HasOneCase(string name, int status)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/pools");
        request.Headers.Add("Cookie", $"other=1; {name}={hub.Admin.Token}");

        using var answer = await http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task TheVersion_IsOneThatClientsAccept()
    {
        var info = (await hub.Admin.SendAsync("GET", "/api/v1/controller-info")).Json;

        Assert.Matches(@"^v0\.2\.0\+hub\.\d+\.\d+\.\d+", info.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("/api/v1/ws")]
    [InlineData("/api/v1/ws/logs")]
    [InlineData("/api/v1/ws/logs/")]
    public async Task TheLog_IsNotStreamed(string path)
    {
        var answer = await hub.Admin.SendAsync("GET", path);

        Assert.Equal((400, "log streamer is disabled"), (answer.Status, Details(answer)));
    }

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/favicon.ico")]
    [InlineData("/some/page.html")]
    public async Task WhatIsNoPathOfTheApi_IsNoPage(string path)
    {
        using var nobody = new HubClient(hub.Host.BaseUrl, null);

        var answer = await nobody.SendAsync("GET", path);

        Assert.Equal((404, "404 page not found\n"), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task ForgeInstances_HaveNoScaleSets(string method)
    {
        var answer = await hub.Admin.SendAsync(method, $"/api/v1/forge-instances/{Unknown}/scalesets", method == "POST" ? new { } : null);

        Assert.Equal((404, "Resource not found"), (answer.Status, Details(answer)));
    }

    /// <summary>As in GARM when its management of webhooks is switched off, which is the default.</summary>
    [Theory]
    [InlineData("repositories")]
    [InlineData("organizations")]
    [InlineData("forge-instances")]
    public async Task WebhooksAtTheForge_AreNotManaged(string kind)
    {
        foreach (var method in new[] { "GET", "POST", "DELETE" })
        {
            var answer = await hub.Admin.SendAsync(method, $"/api/v1/{kind}/{Unknown}/webhook", method == "POST" ? new { } : null);
            Assert.Equal((404, "Resource not found"), (answer.Status, Details(answer)));
        }
    }

    [Fact]
    public async Task ScaleSetJobs_AreListedAsNewerCommandLinesAskForThem()
    {
        var repository = await hub.Admin.MakeRepositoryAsync("setjobs");
        var set = await hub.Admin.SendAsync("POST", $"/api/v1/repositories/{repository}/scalesets", Json(
            """{"name":"setjobs","scale_set_id":91,"provider_name":"fake","max_runners":2,"image":"i","flavor":"f","os_type":"linux","os_arch":"amd64"}"""));
        var id = set.Json.GetProperty("id").GetInt64();
        var reported = await hub.Admin.SendAsync("POST", $"/api/v1/scalesets/{id}/jobs", new
        {
            scaleset_job_id = "j-1",
            status = "queued",
            name = "build",
            run_id = 12,
            repository_owner = "o",
            repository_name = "setjobs",
            labels = new[] { "setjobs" },
        });
        Assert.Equal(200, reported.Status);

        var all = await hub.Admin.SendAsync("GET", "/api/v1/scalesets/jobs");
        var own = await hub.Admin.SendAsync("GET", $"/api/v1/scalesets/{id}/jobs");

        Assert.Equal(all.Text, own.Text);
        var job = JsonNode.Parse(Assert.Single(own.Json.EnumerateArray()).GetRawText())!.AsObject();
        foreach (var time in new[] { "id", "created_at", "updated_at" }) job.Remove(time);
        Assert.Equal(
            """{"scaleset_job_id":"j-1","scaleset_id":ID,"workflow_run_id":12,"name":"build","status":"queued","request_labels":["setjobs"],"repository_name":"setjobs","repository_owner":"o","runner_group_name":"Default","workflow_run_url":"https://github.com/o/setjobs/actions/runs/12","runner_assign_time":"0001-01-01T00:00:00Z","finish_time":"0001-01-01T00:00:00Z"}"""
                .Replace("ID", $"{id}"),
            job.ToJsonString());
        Assert.Equal("[]\n", (await hub.Admin.SendAsync("GET", "/api/v1/scalesets/999/jobs")).Text);
        Assert.Equal(400, (await hub.Admin.SendAsync("GET", "/api/v1/scalesets/none/jobs")).Status);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static string? Details(HubAnswer answer) => answer.Json.GetProperty("details").GetString();
}
