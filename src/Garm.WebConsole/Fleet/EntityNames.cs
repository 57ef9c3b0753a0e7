using System.Text.Json;

namespace Garm.WebConsole.Fleet;

/// <summary>What people call an entity, whatever its type is.</summary>
internal static class EntityNames
{
    private static readonly string[] Names = ["name", "username", "login", "repo_name", "org_name", "enterprise_name", "controller_id"];

    public static string Of(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object) return "";
        if (PayloadReader.Text(payload, "owner") is { Length: > 0 } owner) return $"{owner}/{PayloadReader.Text(payload, "name")}";
        return Names.Select(x => PayloadReader.Text(payload, x)).FirstOrDefault(x => x.Length > 0) ?? PayloadReader.Text(payload, "id");
    }

    public static string StateOf(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object) return "";
        string[] states = [PayloadReader.Text(payload, "status"), PayloadReader.Text(payload, "runner_status"), PayloadReader.Text(payload, "conclusion")];
        return string.Join(" · ", states.Where(x => x.Length > 0));
    }
}
