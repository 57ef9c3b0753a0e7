using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Writes;

/// <summary>
/// Makes each time of a save what every engine keeps of it (<see cref="GarmClock.AsStored"/>), before the payloads are made:
/// wherever a time comes from, its event and what is read back are the same in every digit.
/// </summary>
internal static class StoredTimes
{
    private static readonly ConcurrentDictionary<IEntityType, IProperty[]> TimesOf = new();

    /// <summary>Changes the tracked entities that are to be saved.</summary>
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
