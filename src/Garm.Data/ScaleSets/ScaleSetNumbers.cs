using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.ScaleSets;

/// <summary>
/// The numbers that the forge assigns to scale sets. A number is unique within an entity; several scale sets may have none yet. No
/// index ensures this, because engines differ in filtered indexes, so it is checked before the write and again at its commit.
/// </summary>
internal static class ScaleSetNumbers
{
    /// <summary>Refuses a number that another scale set of the same entity has, now and at the commit.</summary>
    /// <param name="db">The context that tracks the scale set.</param>
    /// <param name="rules">The rules of the attempt.</param>
    /// <param name="set">The scale set with its entity and its number.</param>
    /// <param name="failed">The beginning of the refusal.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async Task RequireFreeAsync(GarmDbContext db, CommitRules rules, ScaleSet set, string failed, CancellationToken cancellation)
    {
        if (set.ScaleSetId == ScaleSet.Unregistered) return;
        await RequireAsync().ConfigureAwait(false);
        rules.Add(RequireAsync);

        async Task RequireAsync()
        {
            var other = await db.ScaleSets.Where(ScaleSetOwners.OfOwnerOf(set))
                .Where(x => x.ScaleSetId == set.ScaleSetId && x.Id != set.Id)
                .Select(x => new { x.Id, x.Name })
                .FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
            if (other is null) return;
            throw GarmException.Conflict(
                $"{failed}: scale set {other.Id} ({GoText.Quote(other.Name)}) of the same entity has scale_set_id {set.ScaleSetId}");
        }
    }
}
