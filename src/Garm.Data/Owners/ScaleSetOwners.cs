using System.Linq.Expressions;
using Garm.Data.Model;

namespace Garm.Data.Owners;

/// <summary>The columns by which a scale set belongs to an entity. Only GitHub has scale sets.</summary>
internal static class ScaleSetOwners
{
    public const string GithubOnly = "scale sets are only supported for github entities";

    /// <summary>Whether a scale set belongs to the entity; false for a kind without scale sets.</summary>
    public static Expression<Func<ScaleSet, bool>> Of(EntityKind kind, Guid id) => kind switch
    {
        EntityKind.Repository => x => x.RepositoryId == id,
        EntityKind.Organization => x => x.OrganizationId == id,
        EntityKind.Enterprise => x => x.EnterpriseId == id,
        _ => x => false,
    };

    /// <summary>Whether a scale set belongs to the same entity as this one, which is tracked.</summary>
    public static Expression<Func<ScaleSet, bool>> OfOwnerOf(ScaleSet set) => set switch
    {
        { RepositoryId: { } id } => Of(EntityKind.Repository, id),
        { OrganizationId: { } id } => Of(EntityKind.Organization, id),
        { EnterpriseId: { } id } => Of(EntityKind.Enterprise, id),
        _ => throw new ArgumentException("a scale set belongs to an entity", nameof(set)),
    };

    /// <summary>Sets the entity of a scale set.</summary>
    public static void Own(ScaleSet set, RunnerEntity owner)
    {
        switch (owner)
        {
            case Repository repository: set.Repository = repository; break;
            case Organization organization: set.Organization = organization; break;
            case Enterprise enterprise: set.Enterprise = enterprise; break;
            default: throw GarmException.BadRequest(GithubOnly);
        }
    }
}
