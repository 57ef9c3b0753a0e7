using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Runners;

/// <summary>What runners read with their own token, and the reports of runner providers.</summary>
public sealed class RunnerSetupSpecs(InitialisedHub hub) : IClassFixture<InitialisedHub>
{
    private const string Secret = "registration-token-never-seen";

    [Fact]
    public async Task ARegistrationToken_IsReadOnce_ByItsRunnerOnly()
    {
        var pool = await hub.Admin.MakePoolAsync("once");
        var made = await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { registration_token = Secret });
        var name = made.Json.GetProperty("name").GetString()!;
        using var runner = await RunnerAsync(name);

        var first = await runner.SendAsync("GET", "/api/v1/metadata/runner-registration-token");
        var second = await runner.SendAsync("GET", "/api/v1/metadata/runner-registration-token");

        Assert.Equal((200, Secret), (first.Status, first.Text));
        Assert.Equal(401, second.Status);
        var shown = await hub.Admin.SendAsync("GET", $"/api/v1/instances/{name}");
        Assert.Equal("fetchToken", shown.Json.GetProperty("status_messages")[0].GetProperty("event_type").GetString());
        foreach (var text in new[] { made.Text, shown.Text, (await hub.Admin.SendAsync("GET", "/api/v1/events?limit=1000")).Text })
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegistrationToken_CanBeReadAgain_InTheNextAttempt()
    {
        var pool = await hub.Admin.MakePoolAsync("again");
        var name = (await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { registration_token = Secret }))
            .Json.GetProperty("name").GetString()!;
        using (var runner = await RunnerAsync(name)) await runner.SendAsync("GET", "/api/v1/metadata/runner-registration-token");
        foreach (var status in new[] { "error", "pending_create" })
            Assert.Equal(200, (await hub.Admin.SendAsync("PUT", $"/api/v1/instances/{name}", new { status })).Status);

        using var next = await RunnerAsync(name);

        Assert.Equal(200, (await next.SendAsync("GET", "/api/v1/metadata/runner-registration-token")).Status);
    }

    [Fact]
    public async Task WithoutARegistrationToken_TheRefusalSaysWhoGivesIt_AndWithAConfigurationThereIsNone()
    {
        var pool = await hub.Admin.MakePoolAsync("none");
        var bare = (await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { })).Json.GetProperty("name").GetString()!;
        var configured = (await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new
        {
            registration_token = Secret,
            jit_configuration = new Dictionary<string, string> { [".runner"] = "e30=" },
        })).Json.GetProperty("name").GetString()!;

        using var first = await RunnerAsync(bare);
        using var second = await RunnerAsync(configured);
        var refusal = await first.SendAsync("GET", "/api/v1/metadata/runner-registration-token");

        Assert.Equal(409, refusal.Status);
        Assert.Contains("registration_token", refusal.Text, StringComparison.Ordinal);
        Assert.Equal(401, (await second.SendAsync("GET", "/api/v1/metadata/runner-registration-token")).Status);
    }

    [Fact]
    public async Task ARegistrationToken_ThatIsTooLong_IsRefused()
    {
        var pool = await hub.Admin.MakePoolAsync("long");

        var answer = await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { registration_token = new string('x', 5000) });

        Assert.Equal(400, answer.Status);
        Assert.Contains("registration_token", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheAgent_IsListedForTheRunnersSystem_AndCanBeDownloadedWhereTheListSays()
    {
        var pool = await hub.Admin.MakePoolAsync("agent");
        var other = await UploadAsync("windows", "amd64", "another build");
        var tool = await UploadAsync("linux", "amd64", "the build");
        var file = await FileAsync("no agent");
        using var runner = await RunnerAsync(
            (await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { })).Json.GetProperty("name").GetString()!);

        var listed = Assert.Single((await runner.SendAsync("GET", "/api/v1/metadata/tools/garm-agent")).Json.GetProperty("results").EnumerateArray());

        Assert.Equal(tool, listed.GetProperty("id").GetInt64());
        var path = new Uri(listed.GetProperty("download_url").GetString()!).AbsolutePath;
        Assert.Equal((200, "the build"), await DownloadAsync(runner, path));
        Assert.Equal(200, (await DownloadAsync(runner, path.Replace($"/{tool}/", $"/{other}/"))).Status);
        Assert.Equal(404, (await DownloadAsync(runner, path.Replace($"/{tool}/", $"/{file}/"))).Status);
        using var nobody = new HubClient(hub.Host.BaseUrl, null);
        Assert.Equal(401, (await nobody.SendAsync("GET", path)).Status);
        Assert.Equal(401, (await hub.Admin.SendAsync("GET", path)).Status);
    }

    [Fact]
    public async Task HowTheProviderFares_ShowsInTheEntity_InItsEvent_AndOnDashboards()
    {
        var repository = await hub.Admin.MakeRepositoryAsync("fares");
        await using var socket = await hub.Admin.WatchEverythingAsync();
        var path = $"/api/v1/repositories/{repository}/pool-manager-status";

        var running = await hub.Admin.SendAsync("PUT", path, new { running = true });
        var again = await hub.Admin.SendAsync("PUT", path, new { running = true });
        var failed = await hub.Admin.SendAsync("PUT", path, new { running = false, failure_reason = "no machines left" });

        Assert.Equal("""{"running":true}""", running.Json.GetProperty("pool_manager_status").GetRawText());
        Assert.Equal(running.Text, again.Text);
        Assert.Equal("""{"failure_reason":"no machines left"}""", failed.Json.GetProperty("pool_manager_status").GetRawText());
        Assert.Equal(
            failed.Json.GetProperty("pool_manager_status").GetRawText(),
            (await hub.Admin.SendAsync("GET", $"/api/v1/repositories/{repository}")).Json.GetProperty("pool_manager_status").GetRawText());
        var frames = await socket.TakeAsync(x => x.Count(frame => frame.Text?.Contains("repository", StringComparison.Ordinal) == true) == 2, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200));
        Assert.Equal(
            ["""{"running":true}""", """{"failure_reason":"no machines left"}"""],
            frames.Select(x => JsonSerializer.Deserialize<JsonElement>(x.Text!).GetProperty("payload").GetProperty("pool_manager_status").GetRawText()));
    }

    [Theory]
    [InlineData("{}", "running")]
    [InlineData("{\"running\":true,\"failure_reason\":\"x\"}", "failure_reason")]
    public async Task AStatusThatSaysTooLittle_OrTooMuch_IsRefused(string body, string field)
    {
        var repository = await hub.Admin.MakeRepositoryAsync($"status-{field}");

        var answer = await hub.Admin.SendAsync(
            "PUT", $"/api/v1/repositories/{repository}/pool-manager-status", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(400, answer.Status);
        Assert.Contains(field, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/metadata/runner-metadata")]
    [InlineData("/api/v1/metadata/runner-registration-token")] // A refusal has the header too.
    public async Task NothingOfIt_IsGuessedToBeAnotherKindOfFile(string path)
    {
        var pool = await hub.Admin.MakePoolAsync($"guess{path.Length}");
        var name = (await hub.Admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { })).Json.GetProperty("name").GetString()!;
        using var runner = await RunnerAsync(name);
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", runner.Token);

        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    private async Task<HubClient> RunnerAsync(string name)
    {
        Assert.Equal(200, (await hub.Admin.SendAsync("PUT", $"/api/v1/instances/{name}", new { status = "creating" })).Status);
        var token = await hub.Admin.SendAsync("POST", $"/api/v1/instances/{name}/token");
        return new HubClient(hub.Host.BaseUrl, token.Json.GetProperty("token").GetString());
    }

    private static async Task<(int Status, string Text)> DownloadAsync(HubClient runner, string path)
    {
        var answer = await runner.SendAsync("GET", path);
        return (answer.Status, answer.Text);
    }

    private Task<long> UploadAsync(string osType, string osArch, string content) => SendAsync("/api/v1/tools/garm-agent", content, new()
    {
        ["X-Tool-Name"] = "agent",
        ["X-Tool-OS-Type"] = osType,
        ["X-Tool-OS-Arch"] = osArch,
        ["X-Tool-Version"] = "v1.0.0",
    });

    private Task<long> FileAsync(string content) => SendAsync("/api/v1/objects", content, new() { ["X-File-Name"] = "file" });

    private async Task<long> SendAsync(string path, string content, Dictionary<string, string> headers)
    {
        using var http = new HttpClient { BaseAddress = hub.Host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(content) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hub.Admin.Token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("id").GetInt64();
    }
}
