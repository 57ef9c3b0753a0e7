using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Writes;

/// <summary>
/// Cuts each time of a save to the precision that every engine stores (<see cref="GarmClock.AsStored"/>), before the payloads are built:
/// so the event and a later read have the same digits.
/// </summary>
internal static class StoredTimes
{
    private static readonly ConcurrentDictionary<IEntityType, IProperty[]> TimesOf = new();

    /// <summary>Changes the times of the tracked entities that are about to be saved.</summary>
    public static void Set(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            foreach (var property in TimesOf.GetOrAdd(entry.Metadata, Find))
            {
                var member = entry.Property(property);
                if (member.CurrentValue is DateTime told && told.AsStored() is var stored && stored != told)
                    member.CurrentValue = stored;
            }
        }
    }

    private static IProperty[] Find(IEntityType type) =>
        [.. type.GetProperties().Where(x => x.ClrType == typeof(DateTime) || x.ClrType == typeof(DateTime?))];
}
