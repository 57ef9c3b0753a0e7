using System.Text.Json;

namespace Garm.Cli.Events;

/// <summary>Which few fields of a payload a person wants to see at a glance. A dot goes one object deeper.</summary>
internal static class EventFacts
{
    private static readonly string[] ForgeEntity =
        ["credentials_name", "pool_manager_status.running", "pool_manager_status.failure_reason"];

    private static readonly string[] Owner = ["repo_name", "org_name", "enterprise_name"];

    private static readonly Dictionary<string, string[]> ByType = new(StringComparer.Ordinal)
    {
        ["repository"] = ForgeEntity,
        ["organization"] = ForgeEntity,
        ["enterprise"] = ForgeEntity,
        ["forge_instance"] = ForgeEntity,
        ["pool"] = ["enabled", "provider_name", "image", "flavor", "max_runners", .. Owner],
        ["scaleset"] = ["enabled", "state", "provider_name", "image", "max_runners", "min_idle_runners", .. Owner],
        ["instance"] = ["status", "runner_status", "provider_name", "pool_id", "scale_set_id"],
        ["job"] = ["id", "status", "conclusion", "runner_name", "repository_owner", "repository_name"],
        ["user"] = ["enabled", "is_admin", "email"],
        ["controller"] = ["metadata_url", "callback_url", "webhook_url"],
        ["github_credentials"] = ["auth-type", "endpoint.name"],
        ["gitea_credentials"] = ["auth-type", "endpoint.name"],
        ["github_endpoint"] = ["endpoint_type", "base_url"],
        ["template"] = ["forge_type", "os_type"],
        ["file_object"] = ["size", "file_type"],
        ["proxy"] = ["http_proxy", "https_proxy"],
    };

    public static IEnumerable<(string Name, string Value)> Of(string entityType, JsonElement payload) =>
        from path in ByType.GetValueOrDefault(entityType, [])
        let value = Text(payload, path)
        where value != ""
        select (path[(path.IndexOf('.') + 1)..], value);

    /// <summary>What people call the entity; its id when it has no name, <c>?</c> when it has neither.</summary>
    public static string Title(JsonElement payload)
    {
        var name = Text(payload, "name");
        if (name != "" && Text(payload, "owner") is { Length: > 0 } owner) return $"{owner}/{name}";
        if (name != "") return name;
        string[] others = ["username", "hostname", "id", "controller_id"];
        return others.Select(field => Text(payload, field)).FirstOrDefault(text => text is not ("" or "0")) ?? "?";
    }

    /// <summary>The entity's id; empty when it has none.</summary>
    public static string IdOf(JsonElement payload) =>
        Text(payload, "id") is { Length: > 0 } id and not "0" ? id : Text(payload, "controller_id");

    /// <summary>The fields of a type that a person wants to see.</summary>
    public static IReadOnlyList<string> FieldsOf(string entityType) => ByType.GetValueOrDefault(entityType, []);

    /// <summary>A field as text; empty when it is not there or is a list or an object.</summary>
    public static string Text(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return "";
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => "",
        };
    }
}
