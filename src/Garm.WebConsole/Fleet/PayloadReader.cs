using System.Globalization;
using System.Text.Json;
using Garm.Contracts.Events;

namespace Garm.WebConsole.Fleet;

/// <summary>Reads what the console shows of an entity from its payload, leniently: a source may be of any version.</summary>
internal static class PayloadReader
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_000 };

    public static JsonDocument Parse(ReadOnlyMemory<byte> payload) => JsonDocument.Parse(payload, AnyDepth);

    public static string Text(JsonElement entity, string name) =>
        entity.ValueKind == JsonValueKind.Object && entity.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.True => "true",
                _ => "",
            }
            : "";

    public static long Number(JsonElement entity, string name) =>
        entity.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;

    public static DateTime Time(JsonElement entity, string name) =>
        DateTime.TryParse(
            Text(entity, name), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : default;

    public static RunnerState StateOf(string status, string runnerStatus) => (status, runnerStatus) switch
    {
        ("error", _) or (_, "failed") => RunnerState.Failed,
        ("pending_delete" or "pending_force_delete" or "deleting" or "deleted", _) or (_, "terminated") => RunnerState.Ending,
        (_, "active") => RunnerState.Active,
        (_, "idle" or "online") => RunnerState.Idle,
        ("pending_create" or "creating", _) or (_, "pending" or "installing") => RunnerState.Starting,
        _ => RunnerState.Other,
    };

    public static RunnerRow Runner(string source, string id, JsonElement entity)
    {
        var (status, runnerStatus) = (Text(entity, "status"), Text(entity, "runner_status"));
        var (pool, scaleSet) = (Text(entity, "pool_id"), Text(entity, "scale_set_id"));
        var group = pool.Length > 0
            ? new GroupKey(false, new FleetKey(source, pool))
            : new GroupKey(true, new FleetKey(source, scaleSet));
        return new RunnerRow(
            new FleetKey(source, id), Text(entity, "name"), StateOf(status, runnerStatus), status, runnerStatus, group,
            Time(entity, "created_at"), Time(entity, "updated_at"));
    }

    public static GroupRow Group(EntityType type, string source, string id, JsonElement entity)
    {
        var isScaleSet = type == EntityType.ScaleSet;
        var labels = Labels(entity, "tags");
        var name = isScaleSet ? Text(entity, "name") : string.Join(", ", labels);
        return new GroupRow(
            new GroupKey(isScaleSet, new FleetKey(source, id)),
            name.Length > 0 ? name : id,
            OwnerOf(entity),
            Text(entity, "provider_name"),
            Text(entity, "enabled") == "true",
            Number(entity, isScaleSet ? "desired_runner_count" : "min_idle_runners"),
            Number(entity, "max_runners"),
            isScaleSet ? [name, .. labels] : labels);
    }

    public static JobRow Job(string source, string id, JsonElement entity)
    {
        var (owner, repository) = (Text(entity, "repository_owner"), Text(entity, "repository_name"));
        return new JobRow(
            new FleetKey(source, id), Text(entity, "name"), Text(entity, "status"), Text(entity, "conclusion"),
            owner.Length > 0 ? $"{owner}/{repository}" : repository, Text(entity, "runner_name"), Labels(entity, "labels"),
            Time(entity, "created_at"), Time(entity, "updated_at"));
    }

    private static string OwnerOf(JsonElement entity)
    {
        foreach (var name in (ReadOnlySpan<string>)["repo_name", "org_name", "enterprise_name"])
        {
            if (Text(entity, name) is { Length: > 0 } owner) return owner;
        }

        return Text(entity, "forge_instance_id").Length > 0 && entity.TryGetProperty("endpoint", out var endpoint) ? Text(endpoint, "name") : "";
    }

    // Labels of a job are texts, those of a pool have a name.
    private static IReadOnlyList<string> Labels(JsonElement entity, string name) =>
        entity.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.String ? x.GetString()! : Text(x, "name")).Where(x => x.Length > 0)]
            : [];
}
