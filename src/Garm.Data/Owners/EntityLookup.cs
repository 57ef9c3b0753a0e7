using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Owners;

/// <summary>Finds the entity that a list or a pool belongs to.</summary>
internal static class EntityLookup
{
    /// <summary>The entity with its endpoint.</summary>
    public static async Task<RunnerEntity> FindOwnerAsync(
        GarmDbContext db, EntityKind kind, string entityId, CancellationToken cancellation, string? failed = null)
    {
        var traits = EntityTraits.Of(kind);
        failed = $"{failed ?? traits.OwnerFailed}: error failed to get entity from db: error fetching {traits.ShortName}";
        var id = EntityIds.Parse(traits, entityId, failed);
        return await traits.All(db).Include(x => x.Endpoint).SingleOrDefaultAsync(x => x.Id == id, cancellation)
            ?? throw GarmException.NotFound($"{failed}: not found");
    }

    /// <summary>The id of an existing entity.</summary>
    public static async Task<Guid> RequireAsync(
        GarmDbContext db, EntityKind kind, string entityId, string failed, CancellationToken cancellation)
    {
        var id = EntityIds.Parse(entityId, failed);
        return await EntityTraits.Of(kind).All(db).AnyAsync(x => x.Id == id, cancellation)
            ? id
            : throw GarmException.NotFound($"{failed}: error checking entity existence: error entity not found: not found");
    }
}
