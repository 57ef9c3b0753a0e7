using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Properties;

/// <summary>Makes valid and invalid calls on a running hub.</summary>
internal sealed partial class Fleet(InitialisedHub hub, FleetState state, Secrets secrets, Action<string> onText)
{
    private static readonly string[] EntityTypes = ["repository", "organization", "enterprise", "forge_instance"];
    private static readonly string[] EntityPaths = ["repositories", "organizations", "enterprises", "forge-instances"];
    private static readonly string[] Statuses = ["creating", "running", "error", "pending_delete", "deleting", "deleted", "stopped", "no-such"];
    private static readonly string[] RunnerStatuses = ["installing", "idle", "active", "terminated", "failed"];

    private readonly Dictionary<string, string> _webhookSecrets = [];
    private readonly HttpClient _http = new() { BaseAddress = hub.Host.BaseUrl };
    private int _names;

    /// <summary>The number of calls that succeeded and that were refused, by subject and deed.</summary>
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
            Subject.KnownJob => KnownJobAsync(call),
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

    /// <summary>An invalid body that contains a secret.</summary>
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

    /// <summary>Reads before and after a write: the behaviour of a process must not depend on what it did first.</summary>
    private async Task<HubAnswer> SendAsync(FleetCall call, string path, string id, JsonNode body)
    {
        if (call.Deed != Deed.Create) await hub.Admin.SendAsync("GET", $"/api/v1{path}/{id}");
        var answer = await (call.Deed switch
        {
            Deed.Create => hub.Admin.SendAsync("POST", $"/api/v1{path}", body),
            Deed.Update => hub.Admin.SendAsync("PUT", $"/api/v1{path}/{id}", body),
            _ => hub.Admin.SendAsync("DELETE", $"/api/v1{path}/{id}{(call.Variant % 2 == 0 ? "?forceRemove=true" : "")}"),
        });
        onText(answer.Text);
        if (answer.Status is >= 200 and <= 299) await ReadBackAsync(call, path, id, answer);
        return answer;
    }

    private async Task ReadBackAsync(FleetCall call, string path, string id, HubAnswer answer)
    {
        var places = path.Split('/');
        if (call.Deed == Deed.Create && places[^1] is "pools" or "scalesets" or "instances") path = $"/{places[^1]}";
        if (call.Deed == Deed.Create) id = $"{answer.Json.GetProperty(places[^1] is "endpoints" or "instances" ? "name" : "id")}";
        var read = await hub.Admin.SendAsync("GET", $"/api/v1{path}/{id}");
        onText(read.Text);
        if (call.Deed == Deed.Delete)
        {
            // A runner is only marked for deletion.
            Assert.True(path == "/instances" ? read.Status == 200 : read.Status is 404 or 400, $"{call}: {path}/{id} was deleted, and reading it answers {read.Status}");
            return;
        }

        if (path == "/instances" && $"{answer.Json.GetProperty("status")}" == "deleted")
        {
            // The last state of a runner: it is shown as deleted once, and is then removed.
            Assert.True(read.Status == 404, $"{call}: {path}/{id} was answered as deleted, and reading it answers {read.Status}");
            return;
        }

        var (told, shown) = (JsonNode.Parse(answer.Text)!.AsObject(), JsonNode.Parse(read.Text)!.AsObject());
        foreach (var (field, value) in told.Where(x => x.Value is JsonValue))
            Assert.True(JsonNode.DeepEquals(value, shown[field]), $"{call}: {field} of {path}/{id} was answered as {value} and is read back as {shown[field]}");
    }

    private async Task<int> SendAsync(HttpRequestMessage request, string body)
    {
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        onText(await response.Content.ReadAsStringAsync());
        return (int)response.StatusCode;
    }

    private string IdOf(string type, FleetCall call) => state.Pick(type, call.Pick)?["id"]?.ToString() ?? "0";

    /// <summary>Mostly a new name, sometimes one that is in use.</summary>
    private string NewName(FleetCall call) => $"n{(call.Variant % 9 == 0 ? call.Pick % 3 : 10 + ++_names)}";

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value)!;
}
