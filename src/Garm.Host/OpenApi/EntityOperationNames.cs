using Garm.Data.Owners;

namespace Garm.Host.OpenApi;

/// <summary>How GARM's client calls an entity kind in the names of its operations.</summary>
internal sealed record EntityOperationNames(string One, string Many, string Tag)
{
    public static EntityOperationNames Of(EntityKind kind) => kind switch
    {
        EntityKind.Repository => new EntityOperationNames("Repo", "Repos", "repositories"),
        EntityKind.Organization => new EntityOperationNames("Org", "Orgs", "organizations"),
        EntityKind.Enterprise => new EntityOperationNames("Enterprise", "Enterprises", "enterprises"),
        _ => new EntityOperationNames("ForgeInstance", "ForgeInstances", "forge-instances"),
    };
}
