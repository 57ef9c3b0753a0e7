using Garm.Data.Owners;

namespace Garm.Host.OpenApi;

/// <summary>The words for an entity kind in the names and summaries of operations.</summary>
/// <param name="One">The kind in operation ids, as in GARM.</param>
/// <param name="Many">The plural in operation ids.</param>
/// <param name="Tag">The tag of its operations.</param>
/// <param name="ANoun">The kind in sentences, with its article.</param>
/// <param name="Nouns">The plural in sentences.</param>
internal sealed record EntityOperationNames(string One, string Many, string Tag, string ANoun, string Nouns)
{
    public static EntityOperationNames Of(EntityKind kind) => kind switch
    {
        EntityKind.Repository => new EntityOperationNames("Repo", "Repos", "repositories", "a repository", "repositories"),
        EntityKind.Organization => new EntityOperationNames("Org", "Orgs", "organizations", "an organization", "organizations"),
        EntityKind.Enterprise => new EntityOperationNames("Enterprise", "Enterprises", "enterprises", "an enterprise", "enterprises"),
        _ => new EntityOperationNames("ForgeInstance", "ForgeInstances", "forge-instances", "a forge instance", "forge instances"),
    };
}
