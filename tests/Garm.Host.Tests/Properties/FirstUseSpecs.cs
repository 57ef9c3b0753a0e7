using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Golden.Running;
using Garm.Host.Tests.Hub;
using Garm.TestUtilities;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// The behaviour of a process must not depend on what it did first. One entity of each kind exists before a process starts, and the
/// process first reads or first changes that kind; either way a change is stored and has its event.
/// </summary>
public sealed class FirstUseSpecs : IDisposable
{
    private static readonly string[] InOrderOfDeletion =
    [
        "instance", "job", "scaleset", "pool", "repository", "organization", "enterprise", "forge_instance", "github_credentials",
        "gitea_credentials", "github endpoint", "gitea endpoint", "template", "file_object", "proxy", "user",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("garm-first-use-").FullName;
    private readonly Dictionary<string, Place> _places = [];

    /// <summary>The path of an entity, and a change of it.</summary>
    /// <param name="Type">The type in events.</param>
    /// <param name="Path">Its own path; for a job the list.</param>
    /// <param name="Change">The request.</param>
    /// <param name="Field">The field that shows the change.</param>
    /// <param name="Value">The field's value after the change.</param>
    private sealed record Place(string Type, string Path, object Change, string Field, string Value)
    {
        public string WritePath { get; init; } = Path;
    }

    private Dictionary<string, string?> Settings => new() { ["Garm:DataDirectory"] = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AChange_IsStoredAndToldOf_WhateverComesFirst(bool readsFirst)
    {
        await FillAsync();
        await using (var host = await RunningHost.StartAsync(Settings))
        {
            using var admin = await HubClient.LoginAsync(host.BaseUrl, "admin");
            foreach (var (what, place) in _places) await ChangeAsync(admin, what, place, readsFirst);
        }

        // Again a new process, because a deletion begins with its own read.
        await using (var host = await RunningHost.StartAsync(Settings))
        {
            using var admin = await HubClient.LoginAsync(host.BaseUrl, "admin");
            foreach (var what in InOrderOfDeletion) await DeleteAsync(admin, what, _places[what], readsFirst);
        }
    }

    private static async Task ChangeAsync(HubClient admin, string what, Place place, bool readsFirst)
    {
        if (readsFirst) Assert.NotEqual(place.Value, await ReadAsync(admin, place));
        var before = (await admin.SendAsync("GET", "/api/v1/events?limit=1&after=now")).Json.GetProperty("cursor").GetString();

        var answer = await admin.SendAsync("PUT", place.WritePath, place.Change);

        Assert.True(answer.Status == 200, $"{what}: {answer.Status} {answer.Text}");
        Assert.True(place.Value == $"{answer.Json.GetProperty(place.Field)}", $"{what} is answered as {answer.Text}");
        Assert.True(place.Value == await ReadAsync(admin, place), $"{what} was answered as changed, and is read back as it was");
        var events = (await admin.SendAsync("GET", $"/api/v1/events?after={before}")).Json.GetProperty("events").EnumerateArray();
        Assert.True(
            events.Any(x => x.GetProperty("entity-type").GetString() == place.Type && x.GetProperty("operation").GetString() == "update"
                && $"{x.GetProperty("payload").GetProperty(place.Field)}" == place.Value),
            $"{what} was changed, and no event tells of it");
    }

    private static async Task DeleteAsync(HubClient admin, string what, Place place, bool readsFirst)
    {
        if (readsFirst) Assert.NotNull(await ReadAsync(admin, place));
        if (what == "instance")
        {
            foreach (var status in new[] { "pending_delete", "deleting", "deleted" })
                Assert.Equal(200, (await admin.SendAsync("PUT", place.WritePath, new { status })).Status);
        }
        else
        {
            if (what == "scaleset") await admin.SendAsync("PUT", place.WritePath, new { enabled = false });
            var answer = await admin.SendAsync("DELETE", place.WritePath);
            Assert.True(answer.Status is 200 or 204, $"{what}: {answer.Status} {answer.Text}");
        }

        Assert.True(await ReadAsync(admin, place) is null, $"{what} was deleted, and is there");
    }

    /// <summary>The field as the API shows it; null when the entity does not exist.</summary>
    private static async Task<string?> ReadAsync(HubClient admin, Place place)
    {
        var answer = await admin.SendAsync("GET", place.Path);
        if (answer.Status != 200) return null;
        var node = JsonNode.Parse(answer.Text);
        if (node is JsonArray list) node = list.FirstOrDefault(x => place.WritePath.EndsWith($"/{x!["id"]}", StringComparison.Ordinal));
        return node is null ? null : $"{node[place.Field]}";
    }

    /// <summary>Creates one of each, in a process that then ends.</summary>
    private async Task FillAsync()
    {
        await using var host = await RunningHost.StartAsync(Settings);
        using var admin = new HubClient(host.BaseUrl, (await GoldenServer.InitialiseAsync(host.BaseUrl)).Token);
        const string url = "https://forge.example.com";
        await MakeAsync("/github/endpoints", new { name = "hub", api_base_url = url, base_url = url, upload_base_url = url });
        await MakeAsync("/gitea/endpoints", new { name = "tea", api_base_url = url, base_url = "https://tea.example.com" });
        var pat = new { oauth2_token = "t" };
        var github = await MakeAsync("/github/credentials", new { name = "c", endpoint = "hub", auth_type = "pat", pat });
        var gitea = await MakeAsync("/gitea/credentials", new { name = "d", endpoint = "tea", auth_type = "pat", pat });

        var repository = await MakeAsync("/repositories", new { owner = "o", name = "r", credentials_name = "c", webhook_secret = "s" });
        var organization = await MakeAsync("/organizations", new { name = "o", credentials_name = "c", webhook_secret = "s" });
        var enterprise = await MakeAsync("/enterprises", new { name = "e", credentials_name = "c", webhook_secret = "s" });
        var instance = await MakeAsync("/forge-instances", new { endpoint_name = "tea", credentials_name = "d", webhook_secret = "s", forge_type = "gitea" });
        var runners = new { provider_name = "fake", max_runners = 5, image = "i", flavor = "f", os_type = "linux", os_arch = "amd64" };
        var pool = await MakeAsync($"/repositories/{repository}/pools", With(runners, ("tags", new[] { "x" })));
        var set = await MakeAsync($"/repositories/{repository}/scalesets", With(runners, ("name", "s"), ("scale_set_id", 7)));
        var runner = (await admin.SendAsync("POST", $"/api/v1/pools/{pool}/instances", new { })).Json.GetProperty("name").GetString()!;
        var job = await MakeAsync($"/scalesets/{set}/jobs", new { scaleset_job_id = "j", status = "completed" });
        var template = await MakeAsync("/templates", new
        {
            name = "t",
            data = Convert.ToBase64String(Encoding.UTF8.GetBytes("echo")),
            os_type = "linux",
            forge_type = "github",
        });
        var proxy = await MakeAsync("/proxies", new { name = "p", http_proxy = "http://proxy.example.com:3128" });
        var user = await admin.CreateAdminAsync("other");
        var file = await UploadAsync();

        var described = new { description = "changed" };
        Add("github endpoint", new("github_endpoint", "/github/endpoints/hub", described, "description", "changed"));
        Add("gitea endpoint", new("github_endpoint", "/gitea/endpoints/tea", described, "description", "changed"));
        Add("github_credentials", new("github_credentials", $"/github/credentials/{github}", described, "description", "changed"));
        Add("gitea_credentials", new("gitea_credentials", $"/gitea/credentials/{gitea}", described, "description", "changed"));
        var packs = new { pool_balancer_type = "pack" };
        Add("repository", new("repository", $"/repositories/{repository}", packs, "pool_balancing_type", "pack"));
        Add("organization", new("organization", $"/organizations/{organization}", packs, "pool_balancing_type", "pack"));
        Add("enterprise", new("enterprise", $"/enterprises/{enterprise}", packs, "pool_balancing_type", "pack"));
        Add("forge_instance", new("forge_instance", $"/forge-instances/{instance}", packs, "pool_balancing_type", "pack"));
        Add("pool", new("pool", $"/pools/{pool}", new { max_runners = 9 }, "max_runners", "9"));
        Add("scaleset", new("scaleset", $"/scalesets/{set}", new { max_runners = 9 }, "max_runners", "9"));
        Add("instance", new("instance", $"/instances/{runner}", new { os_name = "changed" }, "os_name", "changed"));
        Add("job", new("job", "/jobs", new { conclusion = "changed" }, "conclusion", "changed") { WritePath = $"/api/v1/jobs/{job}" });
        Add("template", new("template", $"/templates/{template}", described, "description", "changed"));
        Add("file_object", new("file_object", $"/objects/{file}", described, "description", "changed"));
        Add("proxy", new("proxy", $"/proxies/{proxy}", described, "description", "changed"));
        Add("user", new("user", $"/users/{user}", new { full_name = "Changed" }, "full_name", "Changed"));
        Add("controller", new("controller", "/controller", new { minimum_job_age_backoff = 77 }, "minimum_job_age_backoff", "77"));

        void Add(string what, Place place) => _places[what] = place with
        {
            Path = $"/api/v1{place.Path}",
            WritePath = place.WritePath == place.Path ? $"/api/v1{place.Path}" : place.WritePath,
        };

        async Task<string> MakeAsync(string path, object body)
        {
            var answer = await admin.SendAsync("POST", $"/api/v1{path}", body);
            Assert.True(answer.Status == 200, $"{path}: {answer.Status} {answer.Text}");
            return answer.Json.TryGetProperty("id", out var id) ? id.ToString() : answer.Json.GetProperty("name").ToString();
        }

        async Task<string> UploadAsync()
        {
            using var http = new HttpClient { BaseAddress = host.BaseUrl };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/objects") { Content = new StringContent("content") };
            request.Headers.Authorization = new("Bearer", admin.Token);
            request.Headers.Add("X-File-Name", "file");
            using var response = await http.SendAsync(request);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("id").ToString();
        }
    }

    private static JsonObject With(object fields, params (string Key, object Value)[] more)
    {
        var body = JsonSerializer.SerializeToNode(fields)!.AsObject();
        foreach (var (key, value) in more) body[key] = JsonSerializer.SerializeToNode(value);
        return body;
    }
}
