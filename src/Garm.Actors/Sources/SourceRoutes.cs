using System.Text.Json;
using Garm.Contracts.Events;

namespace Garm.Actors.Sources;

/// <summary>Where a GARM server lists its entities and shows one, and by what they are known.</summary>
internal static class SourceRoutes
{
    /// <summary>The longest key that the log takes.</summary>
    private const int MostIdLength = 256;

    private static readonly Dictionary<EntityType, string[]> Lists = new()
    {
        [EntityType.Controller] = ["controller-info"],
        [EntityType.GithubEndpoint] = ["github/endpoints", "gitea/endpoints"],
        [EntityType.GithubCredentials] = ["github/credentials"],
        [EntityType.GiteaCredentials] = ["gitea/credentials"],
        [EntityType.Template] = ["templates"],
        [EntityType.Proxy] = ["proxies"],
        [EntityType.Repository] = ["repositories"],
        [EntityType.Organization] = ["organizations"],
        [EntityType.Enterprise] = ["enterprises"],
        [EntityType.ForgeInstance] = ["forge-instances"],
        [EntityType.Pool] = ["pools"],
        [EntityType.ScaleSet] = ["scalesets"],
        [EntityType.Instance] = ["instances"],
        [EntityType.Job] = ["jobs"],
        [EntityType.FileObject] = ["objects"],
        [EntityType.User] = ["users"],
    };

    /// <summary>The types in the order in which they are listed: what others refer to comes first.</summary>
    public static IReadOnlyList<EntityType> Types { get; } = [.. Lists.Keys];

    /// <summary>The lists of a type's entities.</summary>
    public static IReadOnlyList<string> ListsOf(EntityType type) => Lists[type];

    /// <summary>
    /// Where the server shows an entity that stands in a list, as an event would carry it; null for a type that it does not show by
    /// itself: then the list's entry is the form.
    /// </summary>
    public static string? RouteOf(EntityType type, string list, string id, JsonElement listed) => type switch
    {
        EntityType.Controller or EntityType.Job => null,
        EntityType.Instance => listed.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? $"{list}/{Uri.EscapeDataString(name.GetString()!)}"
            : null,
        _ => $"{list}/{Uri.EscapeDataString(id)}",
    };

    /// <summary>Whether a list comes in pages, of which one may move while another is read.</summary>
    public static bool IsPaged(EntityType type) => type == EntityType.FileObject;

    /// <summary>The entity's key; null when the JSON has none that the log takes.</summary>
    public static string? IdOf(EntityType type, JsonElement entity)
    {
        var key = type switch
        {
            EntityType.Controller => "controller_id",
            EntityType.GithubEndpoint => "name",
            _ => "id",
        };
        if (entity.ValueKind != JsonValueKind.Object || !entity.TryGetProperty(key, out var id)) return null;
        var text = id.ValueKind switch
        {
            JsonValueKind.String => id.GetString()!,
            JsonValueKind.Number => id.GetRawText(),
            _ => "",
        };
        return text.Length is > 0 and <= MostIdLength && !text.Contains('\0') ? text : null;
    }
}
