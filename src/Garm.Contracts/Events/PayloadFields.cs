using Garm.Contracts.Events.Schema;
using Garm.Contracts.Json;

namespace Garm.Contracts.Events;

/// <summary>The JSON type of a payload's field, as far as filters distinguish it.</summary>
internal enum FieldType
{
    /// <summary>Text, including times.</summary>
    Text,

    /// <summary>A whole number: no payload has others at its top level.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A list or an object, which no filter compares.</summary>
    Nested,
}

/// <summary>A top-level field of a payload.</summary>
/// <param name="Name">The name in the JSON.</param>
/// <param name="Type">Its type.</param>
/// <param name="Values">The only texts that it can have, except an empty one; null when any text is possible.</param>
internal sealed record PayloadField(string Name, FieldType Type, IReadOnlyList<string>? Values);

/// <summary>The top-level fields of each entity type's payload, taken from the contract types.</summary>
internal static class PayloadFields
{
    private static readonly string[] OsTypes = ["linux", "windows", "unknown"];
    private static readonly string[] OsArchitectures = ["amd64", "i386", "arm64", "arm", "unknown"];
    private static readonly string[] ForgeTypes = ["github", "gitea"];

    // The values that a hub or a GARM server behind it can send. Jobs: all states that GitHub's workflow_job event documents.
    private static readonly Dictionary<(EntityType, string), string[]> Enumerations = new()
    {
        [(EntityType.Instance, "status")] =
        [
            "pending_create", "creating", "running", "stopped", "error", "pending_delete", "pending_force_delete", "deleting", "deleted", "unknown",
        ],
        [(EntityType.Instance, "runner_status")] = ["pending", "installing", "idle", "active", "offline", "failed", "terminated", "online"],
        [(EntityType.Instance, "os_type")] = OsTypes,
        [(EntityType.Instance, "os_arch")] = OsArchitectures,
        [(EntityType.Pool, "os_type")] = OsTypes,
        [(EntityType.Pool, "os_arch")] = OsArchitectures,
        [(EntityType.ScaleSet, "os_type")] = OsTypes,
        [(EntityType.ScaleSet, "os_arch")] = OsArchitectures,
        [(EntityType.Job, "status")] = ["queued", "in_progress", "completed", "waiting", "requested", "pending"],
        [(EntityType.Template, "os_type")] = OsTypes,
        [(EntityType.Template, "forge_type")] = ForgeTypes,
        [(EntityType.GithubEndpoint, "endpoint_type")] = ForgeTypes,
        [(EntityType.GithubCredentials, "auth-type")] = ["pat", "app"],
        [(EntityType.GithubCredentials, "forge_type")] = ForgeTypes,
        [(EntityType.GiteaCredentials, "auth-type")] = ["pat"],
        [(EntityType.GiteaCredentials, "forge_type")] = ForgeTypes,
    };

    private static readonly Dictionary<string, PayloadField>[] Fields = [.. EntityTypes.All.Select(Read)];

    /// <summary>The fields by name.</summary>
    public static IReadOnlyDictionary<string, PayloadField> Of(EntityType type) => Fields[(int)type];

    private static Dictionary<string, PayloadField> Read(EntityType type) => GarmJson.Options
        .GetTypeInfo(EventPayloads.Of(type)).Properties
        .Select(x => new PayloadField(x.Name, TypeOf(x.PropertyType), Enumerations.GetValueOrDefault((type, x.Name))))
        .ToDictionary(x => x.Name, StringComparer.Ordinal);

    private static FieldType TypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[])) return FieldType.Text;
        if (type == typeof(bool)) return FieldType.Boolean;
        return type.IsPrimitive ? FieldType.Number : FieldType.Nested;
    }
}
