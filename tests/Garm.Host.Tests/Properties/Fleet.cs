using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Properties;

/// <summary>Makes calls on a running hub, good ones and bad ones.</summary>
internal sealed class Fleet(InitialisedHub hub, FleetState state, Secrets secrets, Action<string> onText)
{
    private static readonly string[] EntityTypes = ["repository", "organization", "enterprise", "forge_instance"];
    private static readonly string[] EntityPaths = ["repositories", "organizations", "enterprises", "forge-instances"];
    private static readonly string[] Statuses = ["creating", "running", "error", "pending_delete", "deleting", "deleted", "stopped", "no-such"];
    private static readonly string[] RunnerStatuses = ["installing", "idle", "active", "terminated", "failed"];

    private readonly Dictionary<string, string> _webhookSecrets = [];
    private readonly HttpClient _http = new() { BaseAddress = hub.Host.BaseUrl };
    private int _names;

    /// <summary>How many calls succeeded and how many were refused, by subject and deed.</summary>
    public SortedDictionary<string, (int Done, int Refused)> Tally { get; } = new(StringComparer.Ordinal);

    public async Task MakeAsync(FleetCall call)
    {
        var status = call.Flaw == 3 ? await GarbageAsync(call) : await (call.Subject switch
        {
            Subject.GithubEndpoint => EndpointAsync(call, "github"),
            Subject.GiteaEndpoint => EndpointAsync(call, "gitea"),
            Subject.GithubCredentials => CredentialsAsync(call, "github"),
            Subject.GiteaCredentials => CredentialsAsync(call, "gitea"),
            Subject.Repository => EntityAsync(call, 0),
            Subject.Organization => EntityAsync(call, 1),
            Subject.Enterprise => EntityAsync(call, 2),
            Subject.ForgeInstance => EntityAsync(call, 3),
            Subject.Pool => PoolAsync(call),
            Subject.ScaleSet => ScaleSetAsync(call),
            Subject.Instance => InstanceAsync(call),
            Subject.Callback => CallbackAsync(call),
            Subject.Job => JobAsync(call),
            Subject.ScaleSetJob => ScaleSetJobAsync(call),
            Subject.ProviderStatus => ProviderStatusAsync(call),
            Subject.Template => TemplateAsync(call),
            Subject.File => FileAsync(call),
            Subject.Proxy => ProxyAsync(call),
            Subject.User => UserAsync(call),
            _ => ControllerAsync(call),
        });
        Assert.True(status < 500, $"{call} was answered with {status}");
        var name = $"{call.Subject} {call.Deed}";
        var (done, refused) = Tally.GetValueOrDefault(name);
        Tally[name] = status is >= 200 and <= 299 ? (done + 1, refused) : (done, refused + 1);
    }

    private Task<int> EndpointAsync(FleetCall call, string forge)
    {
        var path = $"/{forge}/endpoints";
        var one = state.Pick("github_endpoint", call.Pick, x => (string?)x["endpoint_type"] == forge);
        var name = NewName(call);
        var body = new JsonObject
        {
            ["name"] = call.Flaw == 1 ? "a/b" : name,
            ["description"] = $"text {call.Variant}",
            ["api_base_url"] = call.Flaw == 2 ? "no url" : $"https://{name}.example.com/api",
            ["base_url"] = $"https://{name}.example.com",
        };
        if (forge == "github") body["upload_base_url"] = $"https://{name}.example.com/upload";
        if (call.Deed == Deed.Update) body.Remove("name");
        return RestAsync(call, path, $"{one?["name"] ?? "none"}", body);
    }

    private Task<int> CredentialsAsync(FleetCall call, string forge)
    {
        var endpoint = state.Pick("github_endpoint", call.Pick, x => (string?)x["endpoint_type"] == forge)?["name"];
        var isApp = forge == "github" && call.Variant % 8 == 0;
        var body = new JsonObject
        {
            ["name"] = call.Flaw == 1 ? "" : NewName(call),
            ["description"] = $"text {call.Variant}",
            ["endpoint"] = call.Flaw == 2 ? "none" : $"{endpoint ?? "github.com"}",
            ["auth_type"] = isApp ? "app" : "pat",
        };
        if (isApp) body["app"] = Node(new { app_id = 7, installation_id = 9, private_key_bytes = Convert.ToBase64String(secrets.NewKey()) });
        else body["pat"] = Node(new { oauth2_token = secrets.New() });
        return RestAsync(call, $"/{forge}/credentials", IdOf($"{forge}_credentials", call), body);
    }

    private async Task<int> EntityAsync(FleetCall call, int kind)
    {
        var (type, path) = (EntityTypes[kind], $"/{EntityPaths[kind]}");
        var forge = kind == 3 || (kind < 2 && call.Variant % 3 == 0) ? "gitea" : "github";
        var credentials = state.Pick($"{forge}_credentials", call.Pick);
        var secret = secrets.New();
        var body = new JsonObject
        {
            ["credentials_name"] = call.Flaw == 1 ? "none" : $"{credentials?["name"] ?? "none"}",
            ["webhook_secret"] = call.Flaw == 2 && call.Deed == Deed.Create ? "" : secret,
            ["pool_balancer_type"] = call.Flaw == 2 ? "sideways" : call.Variant % 2 == 0 ? "pack" : "roundrobin",
        };
        if (call.Deed == Deed.Create)
        {
            body["forge_type"] = forge;
            if (kind == 3) body["endpoint_name"] = credentials?["endpoint"]?["name"]?.DeepClone();
            else body["name"] = NewName(call);
            if (kind == 0) body["owner"] = $"owner{call.Variant % 3}";
        }

        var one = state.Pick(type, call.Pick);
        var answer = await SendAsync(call, path, $"{one?["id"] ?? Guid.NewGuid().ToString()}", body);
        if (answer.Status == 200 && call.Deed != Deed.Delete) _webhookSecrets[answer.Json.GetProperty("id").GetString()!] = secret;
        return answer.Status;
    }

    private Task<int> PoolAsync(FleetCall call)
    {
        var kind = call.Variant % EntityTypes.Length;
        var owner = $"/{EntityPaths[kind]}/{IdOf(EntityTypes[kind], call)}/pools";
        var body = Runners(call);
        body["tags"] = Node(new[] { "self-hosted", $"t{call.Variant % 5}" });
        body["priority"] = call.Variant % 7;
        return RestAsync(call, call.Deed == Deed.Create ? owner : "/pools", IdOf("pool", call), body);
    }

    private Task<int> ScaleSetAsync(FleetCall call)
    {
        var kind = call.Variant % 3;
        var owner = $"/{EntityPaths[kind]}/{IdOf(EntityTypes[kind], call)}/scalesets";
        var body = Runners(call);
        body["name"] = NewName(call);
        body["labels"] = Node(new[] { $"l{call.Variant % 5}" });
        if (call.Deed == Deed.Create) body["scale_set_id"] = 1 + call.Variant;
        else body["desired_runner_count"] = call.Variant % 4;
        return RestAsync(call, call.Deed == Deed.Create ? owner : "/scalesets", IdOf("scaleset", call), body);
    }

    private JsonObject Runners(FleetCall call)
    {
        var body = new JsonObject
        {
            ["max_runners"] = 5 + (call.Variant % 4),
            ["min_idle_runners"] = call.Flaw == 1 ? 99 : call.Variant % 3,
            ["image"] = $"image{call.Variant % 4}",
            ["flavor"] = "small",
            ["os_type"] = call.Variant % 5 == 0 ? "windows" : "linux",
            ["os_arch"] = "amd64",
            ["enabled"] = call.Variant % 2 == 0,
            ["runner_bootstrap_timeout"] = 10 + (call.Variant % 3),
            ["extra_specs"] = call.Variant % 6 == 0 ? null : Node(new { disk = call.Variant }),
        };
        if (call.Deed == Deed.Create) body["provider_name"] = call.Flaw == 2 ? "none" : "fake";
        if (call.Variant % 4 == 0 && state.Pick("proxy", call.Pick)?["id"] is { } proxy) body["proxy_id"] = proxy.DeepClone();
        return body;
    }

    private Task<int> InstanceAsync(FleetCall call)
    {
        var one = state.Pick("instance", call.Pick);
        var name = $"{one?["name"] ?? "none"}";
        if (call.Deed != Deed.Create)
        {
            return RestAsync(call, "/instances", name, new JsonObject
            {
                ["status"] = call.Flaw == 1 ? "no-such" : NextStatus($"{one?["status"]}", call.Variant),
                ["provider_id"] = $"machine-{call.Variant}",
                ["os_name"] = "ubuntu",
                ["addresses"] = Node(new[] { new { address = $"10.0.0.{call.Variant % 200}", type = call.Flaw == 2 ? "odd" : "private" } }),
                ["provider_fault"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"fault {call.Variant}")),
            });
        }

        var place = call.Variant % 3 == 0 ? $"/scalesets/{IdOf("scaleset", call)}" : $"/pools/{IdOf("pool", call)}";
        var body = new JsonObject
        {
            ["agent_id"] = call.Variant,
            [call.Variant % 4 == 1 ? "no_jit" : "jit_configuration"] = Node(new Dictionary<string, string> { [".credentials"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(secrets.New())) }),
        };
        body["registration_token"] = secrets.New();
        var job = state.Pick("job", call.Pick, x => (string?)x["status"] == "queued");
        if (call.Variant % 2 == 0 && job is not null) body["job_id"] = job["id"]!.DeepClone();
        return RestAsync(call, $"{place}/instances", "", body);
    }

    /// <summary>Mostly what comes next in a runner's life.</summary>
    private static string NextStatus(string status, int variant) => variant % 5 == 0
        ? Statuses[variant % Statuses.Length]
        : status switch
        {
            "pending_create" => "creating",
            "creating" => "running",
            "running" => variant % 3 == 0 ? "pending_delete" : "stopped",
            "stopped" => "running",
            "error" => "pending_create",
            "pending_delete" or "pending_force_delete" => "deleting",
            _ => "deleted",
        };

    private async Task<int> CallbackAsync(FleetCall call)
    {
        var instance = state.Pick("instance", call.Pick, x => $"{x["status"]}" is "creating" or "running" && $"{x["runner_status"]}" is "pending" or "installing");
        var token = await hub.Admin.SendAsync("POST", $"/api/v1/instances/{instance?["name"] ?? "none"}/token");
        if (token.Status != 200) return token.Status;
        var text = token.Json.GetProperty("token").GetString()!;
        secrets.Add(text);

        var isInfo = call.Variant % 3 == 0;
        var body = isInfo
            ? Node(new { os_name = "ubuntu", os_version = $"24.{call.Variant % 12}" })
            : Node(new { status = call.Flaw == 1 ? "odd" : RunnerStatuses[call.Variant % 5], message = $"step {call.Variant}" });
        using var request = new HttpRequestMessage(HttpMethod.Post, isInfo ? "/api/v1/callbacks/system-info" : "/api/v1/callbacks/status");
        request.Headers.Authorization = new("Bearer", call.Flaw == 2 ? $"{text}x" : text);
        return await SendAsync(request, body.ToJsonString());
    }

    private async Task<int> JobAsync(FleetCall call)
    {
        var kind = call.Variant % 2;
        var entity = state.Pick(EntityTypes[kind], call.Pick);
        if (entity is null) return 404;
        var (owner, repository) = kind == 0 ? ($"{entity["owner"]}", $"{entity["name"]}") : ($"{entity["name"]}", "some-repo");
        var runner = state.Pick("instance", call.Pick)?["name"];
        var action = call.Deed switch { Deed.Create => "queued", Deed.Update => "in_progress", _ => "completed" };
        var url = $"{entity["endpoint"]!["base_url"]}/{owner}/{repository}";
        var body = Node(new
        {
            action,
            workflow_job = new
            {
                id = 1 + (call.Variant % 20),
                run_id = 1,
                html_url = $"{url}/actions/runs/1/job/1",
                status = action,
                conclusion = action == "completed" ? "success" : null,
                started_at = "2026-01-02T03:04:05Z",
                name = "build",
                labels = call.Flaw == 1 ? (object)"none" : call.Variant % 3 == 0 ? new[] { "self-hosted", $"t{call.Variant % 5}" } : ["self-hosted"],
                runner_id = action == "queued" ? (long?)null : 5,
                runner_name = action == "queued" ? null : $"{runner}",
            },
            repository = new { name = repository, full_name = $"{owner}/{repository}", html_url = url, owner = new { login = owner } },
            organization = kind == 0 ? null : new { login = owner },
        }).ToJsonString();
        var secret = call.Flaw == 2 ? secrets.New() : _webhookSecrets.GetValueOrDefault($"{entity["id"]}", "unknown");
        var isGitea = (string?)entity["endpoint"]!["endpoint_type"] == "gitea";
        var prefix = isGitea ? "X-Gitea" : "X-Github";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks");
        request.Headers.Add("X-Github-Event", "workflow_job");
        request.Headers.Add($"{prefix}-Hook-Installation-Target-Type", EntityTypes[kind]);
        request.Headers.Add($"{prefix}-Delivery", $"{Guid.NewGuid()}");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}");
        return await SendAsync(request, body);
    }

    private async Task<int> ScaleSetJobAsync(FleetCall call)
    {
        var set = IdOf("scaleset", call);
        var known = state.Pick("job", call.Pick, x => x["scaleset_job_id"] is not null);
        var answer = await hub.Admin.SendAsync("POST", $"/api/v1/scalesets/{set}/jobs", new
        {
            scaleset_job_id = call.Deed == Deed.Create || known is null ? NewName(call) : $"{known["scaleset_job_id"]}",
            status = call.Flaw == 1 ? "odd" : new[] { "queued", "in_progress", "completed" }[call.Variant % 3],
            name = "build",
            run_id = call.Variant,
            runner_name = $"{state.Pick("instance", call.Pick, x => $"{x["scale_set_id"]}" == set)?["name"]}",
        });
        onText(answer.Text);
        return answer.Status;
    }

    private async Task<int> ProviderStatusAsync(FleetCall call)
    {
        var kind = call.Pick % EntityTypes.Length;
        object body = call.Flaw == 1 ? new { } : call.Variant % 2 == 0 ? new { running = true } : new { running = false, failure_reason = $"why {call.Variant % 3}" };
        var answer = await hub.Admin.SendAsync("PUT", $"/api/v1/{EntityPaths[kind]}/{IdOf(EntityTypes[kind], call)}/pool-manager-status", body);
        onText(answer.Text);
        return answer.Status;
    }

    private Task<int> TemplateAsync(FleetCall call) => RestAsync(call, "/templates", IdOf("template", call), new JsonObject
    {
        ["name"] = call.Flaw == 1 ? "" : NewName(call),
        ["description"] = $"text {call.Variant}",
        ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Flaw == 2 ? "{{ .Broken" : $"echo {call.Variant}")),
        ["os_type"] = "linux",
        ["forge_type"] = call.Variant % 2 == 0 ? "github" : "gitea",
    });

    private async Task<int> FileAsync(FleetCall call)
    {
        if (call.Deed != Deed.Create)
        {
            var name = call.Flaw == 1 ? "" : NewName(call);
            return await RestAsync(call, "/objects", IdOf("file_object", call), Node(new { name, tags = new[] { $"t{call.Variant % 4}" } }));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/objects");
        request.Headers.Authorization = new("Bearer", hub.Admin.Token);
        if (call.Flaw != 1) request.Headers.Add("X-File-Name", NewName(call));
        request.Headers.Add("X-Tags", $"t{call.Variant % 4},t9");
        return await SendAsync(request, new string('x', call.Variant));
    }

    private Task<int> ProxyAsync(FleetCall call) => RestAsync(call, "/proxies", IdOf("proxy", call), new JsonObject
    {
        ["name"] = call.Flaw == 1 ? "" : NewName(call),
        ["http_proxy"] = call.Flaw == 2 ? "no url" : $"http://proxy{call.Variant}.example.com:3128",
        ["username"] = "user",
        ["password"] = secrets.New(),
    });

    private Task<int> UserAsync(FleetCall call)
    {
        // Not the one that makes the calls.
        var one = state.Pick("user", call.Pick, x => (string?)x["username"] != "admin")?["id"];
        var name = NewName(call);
        return RestAsync(call, "/users", $"{one ?? Guid.NewGuid().ToString()}", new JsonObject
        {
            ["username"] = name,
            ["email"] = call.Flaw == 1 ? "none" : $"{name}@example.com",
            ["full_name"] = "Some Body",
            ["password"] = call.Flaw == 2 ? "weak" : secrets.New(),
            ["enabled"] = call.Variant % 3 != 0,
            ["is_admin"] = call.Variant % 2 == 0,
        });
    }

    private async Task<int> ControllerAsync(FleetCall call)
    {
        var answer = await hub.Admin.SendAsync("PUT", "/api/v1/controller", new JsonObject
        {
            ["metadata_url"] = call.Flaw == 1 ? "no url" : $"https://garm{call.Variant}.example.com/metadata",
            ["minimum_job_age_backoff"] = call.Flaw == 2 ? -1 : call.Variant,
        });
        onText(answer.Text);
        return answer.Status;
    }

    /// <summary>A body that cannot be what is expected, in which a secret stands.</summary>
    private async Task<int> GarbageAsync(FleetCall call)
    {
        string[] paths =
        [
            "/github/credentials", "/gitea/credentials", "/repositories", "/organizations", "/proxies", "/users", "/templates",
            "/auth/login", "/github/endpoints", "/repositories/none/pools",
        ];
        string[] bodies =
        [
            $$"""{"name":{"{{secrets.New()}}":1},"webhook_secret":7}""", $$"""{"password":"{{secrets.New()}}" """, $"[\"{secrets.New()}\"]", "",
            $$"""{"username":"{{NewName(call)}}","password":"{{secrets.New()}}","pat":"{{secrets.New()}}"}""",
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{paths[call.Pick % paths.Length]}");
        request.Headers.Authorization = new("Bearer", hub.Admin.Token);
        return await SendAsync(request, bodies[call.Variant % bodies.Length]);
    }

    private async Task<int> RestAsync(FleetCall call, string path, string id, JsonNode body) =>
        (await SendAsync(call, path, id, body)).Status;

    private async Task<HubAnswer> SendAsync(FleetCall call, string path, string id, JsonNode body)
    {
        var answer = await (call.Deed switch
        {
            Deed.Create => hub.Admin.SendAsync("POST", $"/api/v1{path}", body),
            Deed.Update => hub.Admin.SendAsync("PUT", $"/api/v1{path}/{id}", body),
            _ => hub.Admin.SendAsync("DELETE", $"/api/v1{path}/{id}{(call.Variant % 2 == 0 ? "?forceRemove=true" : "")}"),
        });
        onText(answer.Text);
        return answer;
    }

    private async Task<int> SendAsync(HttpRequestMessage request, string body)
    {
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        onText(await response.Content.ReadAsStringAsync());
        return (int)response.StatusCode;
    }

    private string IdOf(string type, FleetCall call) => state.Pick(type, call.Pick)?["id"]?.ToString() ?? "0";

    /// <summary>Mostly a new one, now and then one that is taken.</summary>
    private string NewName(FleetCall call) => $"n{(call.Variant % 9 == 0 ? call.Pick % 3 : 10 + ++_names)}";

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value)!;
}
