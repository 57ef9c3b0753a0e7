namespace Garm.Contracts.Events;

/// <summary>The type of an event's entity. The wire names are those that GARM's event filter accepts.</summary>
public enum EntityType : byte
{
    /// <summary>A repository that runners are registered with.</summary>
    Repository,

    /// <summary>An organization that runners are registered with.</summary>
    Organization,

    /// <summary>A GitHub enterprise that runners are registered with.</summary>
    Enterprise,

    /// <summary>A whole Gitea server that runners are registered with.</summary>
    ForgeInstance,

    /// <summary>A pool of runners; its tags belong to it.</summary>
    Pool,

    /// <summary>A user of the hub. GARM accepts the type and never sends it; this hub does.</summary>
    User,

    /// <summary>A runner; its addresses and status messages belong to it.</summary>
    Instance,

    /// <summary>A workflow job.</summary>
    Job,

    /// <summary>The controller's settings; there is one.</summary>
    Controller,

    /// <summary>Credentials for a GitHub endpoint.</summary>
    GithubCredentials,

    /// <summary>Credentials for a Gitea endpoint.</summary>
    GiteaCredentials,

    /// <summary>A runner scale set.</summary>
    ScaleSet,

    /// <summary>The addresses of a forge, GitHub or Gitea.</summary>
    GithubEndpoint,

    /// <summary>A runner installation template.</summary>
    Template,

    /// <summary>A stored file.</summary>
    FileObject,

    /// <summary>An outbound proxy that pools may refer to.</summary>
    Proxy,
}

/// <summary>The wire names of <see cref="EntityType"/>.</summary>
public static class EntityTypes
{
    private static readonly string[] Names =
    [
        "repository", "organization", "enterprise", "forge_instance", "pool", "user", "instance", "job", "controller",
        "github_credentials", "gitea_credentials", "scaleset", "github_endpoint", "template", "file_object", "proxy",
    ];

    private static readonly Dictionary<string, EntityType> ByName =
        Names.Select((name, i) => (name, (EntityType)i)).ToDictionary(x => x.name, x => x.Item2, StringComparer.Ordinal);

    /// <summary>Every type, in the order of the enumeration.</summary>
    public static IReadOnlyList<EntityType> All { get; } = [.. Enumerable.Range(0, Names.Length).Select(i => (EntityType)i)];

    /// <summary>The number of types.</summary>
    public static int Count => Names.Length;

    /// <summary>The name in filters and events.</summary>
    public static string WireName(this EntityType type) => Names[(int)type];

    /// <summary>Parses a wire name; case-sensitive, as in GARM.</summary>
    public static bool TryParse(string? name, out EntityType type) => ByName.TryGetValue(name ?? "", out type);
}
