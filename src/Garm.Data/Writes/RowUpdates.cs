using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Garm.Data.Writes;

/// <summary>Recognises the saves that <see cref="SharedUpdates"/> can store.</summary>
internal static class RowUpdates
{
    /// <summary>
    /// The only changed entity of a save, if the save updates one watched row and nothing else. A changed reference to another table is
    /// not accepted: the foreign key's check may wait for that row.
    /// </summary>
    public static EntityEntry? Find(ChangeTracker tracker)
    {
        EntityEntry? found = null;
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            if (found is not null || entry.State != EntityState.Modified || entry.Entity is not IWatchedEntity) return null;
            found = entry;
        }

        return found is not null && !found.Properties.Any(x => x.IsModified && x.Metadata.IsForeignKey()) ? found : null;
    }

    /// <summary>The update of its row.</summary>
    /// <param name="entry">From <see cref="Find"/>.</param>
    /// <param name="draft">The log row of the update.</param>
    public static RowUpdate Of(EntityEntry entry, ChangeDraft draft)
    {
        var type = entry.Metadata;
        var changed = new List<ColumnValue>();
        foreach (var property in entry.Properties)
        {
            if (property.IsModified) changed.Add(Value(property.Metadata, property.CurrentValue));
        }

        var key = type.FindPrimaryKey()!.Properties.Single();
        var version = entry.Property(nameof(IWatchedEntity.Version));
        return new RowUpdate(
            type.GetTableMappings().Single().Table.Name, changed, Value(key, entry.Property(key).CurrentValue),
            Value(version.Metadata, version.OriginalValue), draft.EntityType.WireName(), draft.Key);
    }

    /// <summary>Throws when the row is gone or has another version than the one that was read.</summary>
    /// <exception cref="DbUpdateConcurrencyException">It is.</exception>
    public static async Task RequireCurrentAsync(EntityEntry entry, CancellationToken cancellation)
    {
        var stored = await entry.GetDatabaseValuesAsync(cancellation).ConfigureAwait(false);
        var version = entry.Property(nameof(IWatchedEntity.Version));
        if (!Equals(stored?[version.Metadata], version.OriginalValue)) throw Conflict();
    }

    /// <summary>Another write changed the row first.</summary>
    public static DbUpdateConcurrencyException Conflict() => new("another write changed the row first");

    private static ColumnValue Value(IProperty property, object? value)
    {
        var column = property.GetTableColumnMappings().First();
        return new ColumnValue(column.Column.Name, column.TypeMapping, value);
    }
}
