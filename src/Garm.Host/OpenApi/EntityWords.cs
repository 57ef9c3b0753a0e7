using Garm.Data.Owners;

namespace Garm.Host.OpenApi;

/// <summary>How GARM's client calls an entity kind in the names of its operations.</summary>
internal sealed record EntityWords(string One, string Many, string Tag)
{
    public static EntityWords Of(EntityKind kind) => kind switch
    {
        EntityKind.Repository => new EntityWords("Repo", "Repos", "repositories"),
        EntityKind.Organization => new EntityWords("Org", "Orgs", "organizations"),
        EntityKind.Enterprise => new EntityWords("Enterprise", "Enterprises", "enterprises"),
        _ => new EntityWords("ForgeInstance", "ForgeInstances", "forge-instances"),
    };
}
