using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Values;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Runners;

/// <summary>Finds instances.</summary>
internal static class InstanceLookup
{
    private const string Failed = "error fetching instance: error fetching instance: error fetching instance by name";

    /// <summary>The runners of an entity's pools and scale sets.</summary>
    public static IQueryable<Instance> OfEntity(this IQueryable<Instance> all, GarmDbContext db, EntityKind kind, Guid id)
    {
        var pools = db.Pools.Where(EntityTraits.Of(kind).PoolsOf(id)).Select(x => (Guid?)x.Id);
        var sets = db.ScaleSets.Where(ScaleSetOwners.Of(kind, id)).Select(x => (long?)x.Id);
        return all.Where(x => pools.Contains(x.PoolId) || sets.Contains(x.ScaleSetId));
    }

    /// <summary>A runner by its name or, as in GARM, by its id.</summary>
    /// <exception cref="GarmException">404.</exception>
    public static async Task<Instance> RequireAsync(IQueryable<Instance> all, string nameOrId, CancellationToken cancellation)
    {
        var found = GoUuid.TryParse(nameOrId, out var id, out _)
            ? await all.SingleOrDefaultAsync(x => x.Id == id, cancellation)
            : await all.SingleOrDefaultAsync(x => x.Name == nameOrId, cancellation);
        return found ?? throw GarmException.NotFound($"{Failed}: not found");
    }
}
