using Garm.Cli.Events;

namespace Garm.Cli.Entities;

/// <summary>A type of what the hub has, for the commands <c>get</c> and <c>watch</c>.</summary>
/// <param name="Name">The type's name, as events have it where there are events.</param>
/// <param name="Path">Its list under <c>/api/v1</c>.</param>
/// <param name="Fields">The fields that a table shows after name and id.</param>
internal sealed record EntityKind(string Name, string Path, IReadOnlyList<string> Fields)
{
    /// <summary>Whether there are events of it.</summary>
    public bool HasEvents { get; init; } = true;

    /// <summary>Whether one is asked for by its name instead of its id.</summary>
    public bool IsByName { get; init; }

    /// <summary>Whether the entities have names.</summary>
    public bool HasNames { get; init; } = true;

    /// <summary>Whether there is but one, which is not in a list.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether the API has no route for one of them.</summary>
    public bool IsListOnly { get; init; }
}

/// <summary>The types, and the words that name them.</summary>
internal static class EntityKinds
{
    public static IReadOnlyList<EntityKind> All { get; } =
    [
        Kind("repository", "repositories"),
        Kind("organization", "organizations"),
        Kind("enterprise", "enterprises"),
        Kind("forge_instance", "forge-instances"),
        Kind("pool", "pools") with { HasNames = false },
        Kind("scaleset", "scalesets"),
        Kind("instance", "instances") with { IsByName = true },
        Kind("job", "jobs") with { IsListOnly = true },
        Kind("controller", "controller") with { IsSingle = true },
        Kind("github_credentials", "github/credentials"),
        Kind("gitea_credentials", "gitea/credentials"),
        Kind("github_endpoint", "github/endpoints") with { IsByName = true },
        new EntityKind("gitea_endpoint", "gitea/endpoints", EventFacts.FieldsOf("github_endpoint")) { IsByName = true, HasEvents = false },
        Kind("template", "templates"),
        Kind("file_object", "objects"),
        Kind("proxy", "proxies"),
        Kind("user", "users"),
        new EntityKind("provider", "providers", ["type", "description"]) { IsByName = true, IsListOnly = true, HasEvents = false },
    ];

    /// <summary>Finds a type by its name, or the last part of its path, with dashes or underscores; null when there is none.</summary>
    public static EntityKind? Find(string word)
    {
        var wanted = Normal(word);
        return All.FirstOrDefault(x => Normal(x.Name) == wanted || Normal(x.Path) == wanted || Normal(x.Name) + "s" == wanted);
    }

    /// <summary>The names that are accepted, for a message.</summary>
    public static string Names(bool withEvents) => string.Join(", ", All.Where(x => x.HasEvents || !withEvents).Select(x => x.Name));

    private static EntityKind Kind(string name, string path) =>
        new(name, path, [.. EventFacts.FieldsOf(name).Where(x => x != "id")]);

    private static string Normal(string word) => word.ToLowerInvariant().Replace('-', '_').Replace('/', '_');
}
