using System.Text.Json.Nodes;

namespace Garm.Host.Tests.Properties;

/// <summary>
/// What an entity's own page shows of what belongs to it and no event of it has, as in GARM: its pools, or the users of credentials.
/// They must be those of the log.
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

    /// <summary>What is shown otherwise than the log has it, or null.</summary>
    /// <param name="type">The entity's type.</param>
    /// <param name="shown">As the API shows it by itself, with all that it adds.</param>
    /// <param name="state">What there is, by the log.</param>
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
