using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// What the API shows of other entities beside an entity's own fields. No event of the entity tells when the other one changes,
/// as in GARM; but it must be what the log says of the other one.
/// </summary>
internal static class FleetJoins
{
    /// <summary>A field, the type it is borrowed from, the field that names which one, and what is borrowed.</summary>
    private static readonly (string Field, string Type, string Key, Func<JsonObject, string?> Value)[] Names =
    [
        ("template_name", "template", "template_id", x => (string?)x["name"]),
        ("proxy_name", "proxy", "proxy_id", x => (string?)x["name"]),
        ("repo_name", "repository", "repo_id", x => $"{x["owner"]}/{x["name"]}"),
        ("org_name", "organization", "org_id", x => (string?)x["name"]),
        ("enterprise_name", "enterprise", "enterprise_id", x => (string?)x["name"]),
    ];

    private static readonly Dictionary<string, string> Owners = new()
    {
        ["repository"] = "repo_id",
        ["organization"] = "org_id",
        ["enterprise"] = "enterprise_id",
        ["forge_instance"] = "forge_instance_id",
    };

    private static readonly Dictionary<string, string> CredentialsUsers = new()
    {
        ["repositories"] = "repository",
        ["organizations"] = "organization",
        ["enterprises"] = "enterprise",
    };

    /// <summary>What is shown otherwise than the log has it, or null.</summary>
    /// <param name="type">The entity's type.</param>
    /// <param name="shown">As the API shows it by itself, with all that it adds.</param>
    /// <param name="state">What there is, by the log.</param>
    public static string? FindWrong(string type, JsonObject shown, FleetState state)
    {
        // The names of a runner's pool or of a job's repository are not such fields.
        if (type is not ("instance" or "job"))
        {
            foreach (var (field, source, key, value) in Names)
            {
                if (shown[key] is not { } id || $"{id}" == "0") continue;
                var expected = state.Of(source).TryGetValue($"{id}", out var other) ? value(other) : null;
                if ((string?)shown[field] != expected) return $"{field} is {shown[field]} and by the log {expected}";
            }
        }

        // A job's runner comes with its own event, which follows that of the job; it names the job.
        if (type == "job")
        {
            var runners = state.Of("instance").Values.Where(x => $"{x["job"]?["id"]}" == $"{shown["id"]}").Select(x => $"{x["name"]}").ToList();
            return string.Join(", ", runners) == $"{shown["runner_name"]}" ? null : $"runners are by the log {string.Join(", ", runners)}";
        }

        if (shown["endpoint"] is JsonObject { Count: > 2 } endpoint && !Is(endpoint, state.Of("github_endpoint"), "name"))
            return $"endpoint is by the API {endpoint.ToJsonString()}";
        if (Owners.TryGetValue(type, out var owner) && FindWrongIds(shown["pool"], state.Of("pool"), x => $"{x[owner]}" == $"{shown["id"]}") is { } pools)
            return $"pools are {pools}";
        if (Owners.ContainsKey(type) && FindWrongCredentials(shown, state) is { } credentials) return credentials;
        if (!type.EndsWith("_credentials", StringComparison.Ordinal)) return null;
        foreach (var (field, user) in CredentialsUsers)
        {
            var users = FindWrongIds(shown[field], state.Of(user), x =>
                $"{x["credentials"]!["id"]}" == $"{shown["id"]}" && $"{x["credentials"]!["forge_type"]}" == $"{shown["forge_type"]}");
            if (users is not null) return $"{field} are {users}";
        }

        return null;
    }

    /// <summary>
    /// What is left of an entity when others are gone. A job outlives the entity that it came for, and loses its id without an
    /// event of its own, as recorded (<c>webhook-job-life</c>): the entity's <c>delete</c> says it.
    /// </summary>
    public static JsonObject WithoutLost(string type, JsonObject logged, FleetState state)
    {
        if (type != "job") return logged;
        var left = logged.DeepClone().AsObject();
        foreach (var (owner, field) in Owners)
        {
            if (left[field] is { } id && !state.Of(owner).ContainsKey($"{id}")) left.Remove(field);
        }

        return left;
    }

    private static string? FindWrongCredentials(JsonObject shown, FleetState state)
    {
        var credentials = shown["credentials"]!.AsObject();
        var all = state.Of($"{credentials["forge_type"]}_credentials");
        if (!all.TryGetValue($"{credentials["id"]}", out var logged)) return $"credentials {credentials["id"]} are not in the log";
        foreach (var field in new[] { "name", "description", "auth-type", "updated_at" })
        {
            if ($"{credentials[field]}" != $"{logged[field]}") return $"credentials' {field} is {credentials[field]} and by the log {logged[field]}";
        }

        return $"{shown["credentials_name"]}" == $"{logged["name"]}" ? null : $"credentials_name is {shown["credentials_name"]}";
    }

    private static bool Is(JsonObject shown, IReadOnlyDictionary<string, JsonObject> all, string key) =>
        all.TryGetValue($"{shown[key]}", out var logged) && JsonNode.DeepEquals(shown, logged);

    private static string? FindWrongIds(JsonNode? shown, IReadOnlyDictionary<string, JsonObject> all, Func<JsonObject, bool> belongs)
    {
        var ids = (shown as JsonArray ?? []).Select(x => $"{x!["id"]}").Order(StringComparer.Ordinal).ToList();
        var expected = all.Where(x => belongs(x.Value)).Select(x => x.Key).Order(StringComparer.Ordinal).ToList();
        return ids.SequenceEqual(expected) ? null : $"{string.Join(", ", ids)} and by the log {string.Join(", ", expected)}";
    }
}
