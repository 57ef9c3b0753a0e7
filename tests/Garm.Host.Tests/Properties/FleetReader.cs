using System.Text.Json.Nodes;
using Garm.Host.Tests.Hub;

namespace Garm.Host.Tests.Properties;

/// <summary>Reads entities over the API, in the form of events.</summary>
internal sealed class FleetReader(HubClient hub, Action<string> onText)
{
    /// <summary>Event types, their list, and the path of one entity; a job has no such path.</summary>
    private static readonly Dictionary<string, (string List, Func<JsonObject, string>? One)> Places = new()
    {
        ["github_credentials"] = ("/github/credentials", x => $"/github/credentials/{x["id"]}"),
        ["gitea_credentials"] = ("/gitea/credentials", x => $"/gitea/credentials/{x["id"]}"),
        ["repository"] = ("/repositories", x => $"/repositories/{x["id"]}"),
        ["organization"] = ("/organizations", x => $"/organizations/{x["id"]}"),
        ["enterprise"] = ("/enterprises", x => $"/enterprises/{x["id"]}"),
        ["forge_instance"] = ("/forge-instances", x => $"/forge-instances/{x["id"]}"),
        ["pool"] = ("/pools", x => $"/pools/{x["id"]}"),
        ["scaleset"] = ("/scalesets", x => $"/scalesets/{x["id"]}"),
        ["instance"] = ("/instances", x => $"/instances/{x["name"]}"),
        ["job"] = ("/jobs", null),
        ["template"] = ("/templates", x => $"/templates/{x["id"]}"),
        ["file_object"] = ("/objects?pageSize=100000", x => $"/objects/{x["id"]}"),
        ["proxy"] = ("/proxies", x => $"/proxies/{x["id"]}"),
        ["user"] = ("/users", x => $"/users/{x["id"]}"),
    };

    /// <summary>Every type with a list; the controller is a single entity, and endpoints have two lists.</summary>
    public static IEnumerable<string> Types => [.. Places.Keys, "github_endpoint", "controller"];

    /// <summary>All entities of a type, from the lists.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string type) => type switch
    {
        "controller" => [(await GetAsync("/controller"))!.AsObject()],
        "github_endpoint" => [.. Items(await GetAsync("/github/endpoints")), .. Items(await GetAsync("/gitea/endpoints"))],
        _ => Items(await GetAsync(Places[type].List)),
    };

    /// <summary>One entity of an event, with its own answer; null when it does not exist.</summary>
    public async Task<JsonObject?> OneAsync(string type, JsonObject shown)
    {
        var found = type switch
        {
            "controller" => await GetAsync("/controller"),
            "github_endpoint" => await GetAsync($"/{shown["endpoint_type"]}/endpoints/{shown["name"]}"),
            _ when Places[type].One is { } path => await GetAsync(path(shown)),
            _ => (await ListAsync(type)).FirstOrDefault(x => JsonNode.DeepEquals(x["id"], shown["id"])),
        };
        return found as JsonObject;
    }

    /// <summary>
    /// Removes what the API, like GARM, adds only to an entity's own answer: the pools of an entity, the users of credentials,
    /// and the answering node's name.
    /// </summary>
    public static JsonObject Comparable(string type, JsonObject one)
    {
        var copy = one.DeepClone().AsObject();
        string[] added = type switch
        {
            "controller" => ["hostname"],
            "repository" or "organization" or "enterprise" or "forge_instance" => ["pool"],
            "github_credentials" or "gitea_credentials" => ["repositories", "organizations", "enterprises"],
            _ => [],
        };
        foreach (var name in added) copy.Remove(name);
        return copy;
    }

    private async Task<JsonNode?> GetAsync(string path)
    {
        var answer = await hub.SendAsync("GET", $"/api/v1{path}");
        onText(answer.Text);
        return answer.Status == 200 ? JsonNode.Parse(answer.Text) : null;
    }

    private static IReadOnlyList<JsonObject> Items(JsonNode? list) =>
        [.. ((list as JsonObject)?["results"] as JsonArray ?? list as JsonArray ?? []).Select(x => x!.AsObject())];
}
