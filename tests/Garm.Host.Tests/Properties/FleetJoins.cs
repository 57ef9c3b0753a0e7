using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// What an entity's own answer shows of related entities that none of its events has, as in GARM: its pools, or the users of
/// credentials. They must equal those of the log.
/// </summary>
internal static class FleetJoins
{
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

    /// <summary>What differs from the log; null when nothing does.</summary>
    /// <param name="type">The entity's type.</param>
    /// <param name="shown">The entity's own answer.</param>
    /// <param name="state">The state according to the log.</param>
    public static string? FindWrong(string type, JsonObject shown, FleetState state)
    {
        if (Owners.TryGetValue(type, out var owner) && FindWrongIds(shown["pool"], state.Of("pool"), x => $"{x[owner]}" == $"{shown["id"]}") is { } pools)
            return $"pools are {pools}";
        if (!type.EndsWith("_credentials", StringComparison.Ordinal)) return null;
        foreach (var (field, user) in CredentialsUsers)
        {
            var users = FindWrongIds(shown[field], state.Of(user), x =>
                $"{x["credentials"]!["id"]}" == $"{shown["id"]}" && $"{x["credentials"]!["forge_type"]}" == $"{shown["forge_type"]}");
            if (users is not null) return $"{field} are {users}";
        }

        return null;
    }

    private static string? FindWrongIds(JsonNode? shown, IReadOnlyDictionary<string, JsonObject> all, Func<JsonObject, bool> belongs)
    {
        var ids = (shown as JsonArray ?? []).Select(x => $"{x!["id"]}").Order(StringComparer.Ordinal).ToList();
        var expected = all.Where(x => belongs(x.Value)).Select(x => x.Key).Order(StringComparer.Ordinal).ToList();
        return ids.SequenceEqual(expected) ? null : $"{string.Join(", ", ids)} and by the log {string.Join(", ", expected)}";
    }
}
