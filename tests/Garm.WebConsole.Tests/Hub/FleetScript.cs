using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Garm.WebConsole.Tests.Hub;

/// <summary>Makes a small fleet over the REST API: pools, scale sets, runners in every state, jobs that wait, run and are over.</summary>
internal sealed class FleetScript(Uri hub, string token) : IDisposable
{
    /// <summary>A text that would be a script if anybody took it for HTML.</summary>
    public const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private const string Secret = "s3cret";

    private readonly HttpClient _http = new()
    {
        BaseAddress = hub,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private long _job = 100;

    public string PoolId { get; private set; } = "";

    /// <summary>The id of a job that went through all of its states.</summary>
    public string DoneJobId { get; private set; } = "";

    public async Task MakeAsync()
    {
        await PostAsync("/github/credentials", new { name = "forge", endpoint = "github.com", auth_type = "pat", pat = new { oauth2_token = "t" } });
        foreach (var name in (string[])["api", "web"])
            await PostAsync("/repositories", new { owner = "acme", name, credentials_name = "forge", webhook_secret = Secret });
        var organization = await PostAsync("/organizations", new { name = "acme-labs", credentials_name = "forge", webhook_secret = Secret });
        var repositories = JsonDocument.Parse(await _http.GetStringAsync("/api/v1/repositories")).RootElement.EnumerateArray()
            .ToDictionary(x => x.GetProperty("name").GetString()!, x => x.GetProperty("id").GetString()!);

        PoolId = await PoolAsync($"/repositories/{repositories["api"]}", 60, "self-hosted", "linux", "x64");
        var web = await PoolAsync($"/repositories/{repositories["web"]}", 4, "self-hosted", "linux", "gpu");
        var off = await PoolAsync($"/organizations/{Id(organization)}", 8, "self-hosted", "windows");
        var mainframe = await PoolAsync($"/repositories/{repositories["api"]}", 2, "self-hosted", "s390x");
        await SendAsync("PUT", $"/pools/{off}", new { enabled = false });
        var scaleSet = Id(await PostAsync($"/organizations/{Id(organization)}/scalesets", new
        {
            name = "arm-builders",
            scale_set_id = 42,
            provider_name = "fake",
            max_runners = 20,
            min_idle_runners = 2,
            image = "ubuntu:24.04",
            flavor = "large",
            os_type = "linux",
            os_arch = "arm64",
            enabled = true,
        }));

        await RunnersAsync($"/pools/{PoolId}", "api", idle: 4, active: 3, starting: 2, failed: 1);
        await RunnersAsync($"/pools/{web}", "web", idle: 0, active: 3, starting: 0, failed: 1);
        await RunnersAsync($"/scalesets/{scaleSet}", "arm", idle: 2, active: 5, starting: 1, failed: 0);

        var first = await QueueJobAsync("build and test");
        await RunnerAsync($"/pools/{PoolId}", "api-for-the-build", "idle");
        DoneJobId = await JobThroughAsync("build and test", "api-for-the-build", first);
        await JobAsync("queued", "deploy to production", "web", ["self-hosted", "linux", "gpu"]);
        await JobAsync("queued", Markup, "api", ["self-hosted", "linux", "x64"]);
        await JobAsync("queued", "nightly on a mainframe", "api", ["self-hosted", "s390x"]);
        await SendAsync("PUT", $"/pools/{mainframe}", new { enabled = false });
        for (var i = 0; i < 3; i++) await JobThroughAsync($"lint {i}", $"api-active-{i}", await QueueJobAsync($"lint {i}"), completes: false);
    }

    /// <summary>Makes a runner in the first pool and brings it to work.</summary>
    public Task AddRunnerAsync(string name) => RunnerAsync($"/pools/{PoolId}", name, "idle", "active");

    /// <summary>Tells of a job that waits, whose name is that.</summary>
    public Task<long> QueueJobAsync(string name) => JobAsync("queued", name, "api", ["self-hosted", "linux", "x64"]);

    public Task<JsonElement> PostAsync(string path, object body) => SendAsync("POST", path, body);

    public async Task<JsonElement> SendAsync(string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1{path}");
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public void Dispose() => _http.Dispose();

    private static string Id(JsonElement entity) => entity.GetProperty("id").ToString();

    private async Task<string> PoolAsync(string owner, int max, params string[] tags) => Id(await PostAsync($"{owner}/pools", new
    {
        provider_name = "fake",
        max_runners = max,
        min_idle_runners = 2,
        image = "ubuntu:24.04",
        flavor = "small",
        os_type = "linux",
        os_arch = "amd64",
        tags,
        enabled = true,
    }));

    private async Task RunnersAsync(string group, string prefix, int idle, int active, int starting, int failed)
    {
        for (var i = 0; i < idle; i++) await RunnerAsync(group, $"{prefix}-idle-{i}", "idle");
        for (var i = 0; i < active; i++) await RunnerAsync(group, $"{prefix}-active-{i}", "idle", "active");
        for (var i = 0; i < starting; i++) await PostAsync($"{group}/instances", new { name = $"{prefix}-starting-{i}" });
        for (var i = 0; i < failed; i++)
        {
            await PostAsync($"{group}/instances", new { name = $"{prefix}-failed-{i}" });
            await SendAsync("PUT", $"/instances/{prefix}-failed-{i}", new { status = "creating" });
            await SendAsync("PUT", $"/instances/{prefix}-failed-{i}", new { status = "error" });
        }
    }

    private async Task RunnerAsync(string group, string name, params string[] states)
    {
        await PostAsync($"{group}/instances", new { name });
        await SendAsync("PUT", $"/instances/{name}", new { status = "creating" });
        await SendAsync("PUT", $"/instances/{name}", new { status = "running", runner_status = "installing" });
        foreach (var state in states) await SendAsync("PUT", $"/instances/{name}", new { runner_status = state });
    }

    private async Task<string> JobThroughAsync(string name, string runner, long id, bool completes = true)
    {
        await JobAsync("in_progress", name, "api", ["self-hosted", "linux", "x64"], id, runner);
        if (completes) await JobAsync("completed", name, "api", ["self-hosted", "linux", "x64"], id, runner);
        var jobs = JsonDocument.Parse(await _http.GetStringAsync("/api/v1/jobs")).RootElement.EnumerateArray();
        return Id(jobs.Single(x => x.GetProperty("workflow_job_id").GetInt64() == id));
    }

    private async Task<long> JobAsync(string action, string name, string repository, string[] labels, long? known = null, string? runner = null)
    {
        var id = known ?? _job++;
        var url = $"https://github.com/acme/{repository}";
        var body = JsonSerializer.Serialize(new
        {
            action,
            workflow_job = new
            {
                id,
                run_id = 7,
                html_url = $"{url}/actions/runs/7/job/{id}",
                status = action,
                conclusion = action == "completed" ? "success" : null,
                started_at = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ"),
                name,
                labels,
                runner_id = runner is null ? (long?)null : 5,
                runner_name = runner,
            },
            repository = new { name = repository, full_name = $"acme/{repository}", html_url = url, owner = new { login = "acme" } },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add("X-Github-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-Github-Hook-Installation-Target-Type", "repository");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)))}");
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"the webhook was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return id;
    }
}
