using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Data.ChangeLog;
using Garm.Data.Model;
using Garm.Data.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Garm.Data.Writes;

/// <summary>A watched entity that the save is about to change.</summary>
internal sealed class PendingChange(WatchedEntity watched, EntityEntry entry, ChangeOperation operation)
{
    private object? _deletedView;
    private byte[] _lastState = [];

    public bool IsDeletion => operation == ChangeOperation.Delete;

    /// <summary>For a deletion, builds the last state while it can still be read.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        // The tracker fixes up no navigations of an entity that is marked as deleted, and its children are deleted with it.
        var deleted = entry.Context.ChangeTracker.Entries().Where(x => x.State == EntityState.Deleted).ToList();
        foreach (var gone in deleted) gone.State = EntityState.Unchanged;
        await watched.LoadAsync(entry, cancellation).ConfigureAwait(false);
        _deletedView = watched.DeletedView(entry.Entity);
        _lastState = LastStates.Of(watched.View(entry.Entity), _deletedView);
        foreach (var gone in deleted) gone.State = EntityState.Deleted;
    }

    /// <summary>The log row, after the save has generated keys.</summary>
    public async Task<ChangeDraft> DraftAsync(CancellationToken cancellation)
    {
        if (!IsDeletion) await watched.LoadAsync(entry, cancellation).ConfigureAwait(false);
        var view = _deletedView ?? watched.View(entry.Entity);
        return new ChangeDraft(watched.EntityType, operation, watched.IdOf(entry.Entity), GarmJson.ToUtf8(view), _lastState)
        {
            State = IsDeletion ? null : StatePayload.Of(view),
        };
    }
}

/// <summary>Finds the changes of a save, and sets their times and versions. The tracker has detected the changes before.</summary>
internal static class PendingChanges
{
    public static IReadOnlyList<PendingChange> Of(ChangeTracker tracker, DateTime now)
    {
        MarkOwners(tracker);

        var pending = new List<PendingChange>();
        foreach (var entry in tracker.Entries<IWatchedEntity>())
        {
            if (OperationOf(entry.State) is not { } operation) continue;
            var watched = WatchedEntities.Find(entry.Metadata.ClrType)
                ?? throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is marked as watched and not among WatchedEntities");
            Stamp(entry, operation, now);
            pending.Add(new PendingChange(watched, entry, operation));
        }

        return pending;
    }

    /// <summary>A changed child is an update of its owner, unless the owner itself is new or deleted.</summary>
    private static void MarkOwners(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries().ToList())
        {
            if (OperationOf(entry.State) is null || OwnerOf(tracker.Context, entry.Entity) is not { } ownerEntry) continue;
            if (ownerEntry.State == EntityState.Unchanged) ownerEntry.Property(x => x.UpdatedAt).IsModified = true;
        }
    }

    private static EntityEntry<IWatchedEntity>? OwnerOf(DbContext db, object entity) => entity switch
    {
        IChildOf<Pool> child => TrackedOwner<Pool>(db, child.OwnerId),
        IChildOf<Instance> child => TrackedOwner<Instance>(db, child.OwnerId),
        INumberedChildOf<ScaleSet> child => child.Owner is { } owner
            ? db.Entry<IWatchedEntity>(owner)
            : TrackedOwner<ScaleSet>(db, child.OwnerId),
        INumberedChildOf<FileObject> child => child.Owner is { } owner
            ? db.Entry<IWatchedEntity>(owner)
            : TrackedOwner<FileObject>(db, child.OwnerId),
        _ => null,
    };

    // By key, because a child that was removed from its owner's collection has lost the navigation already.
    private static EntityEntry<IWatchedEntity> TrackedOwner<TOwner>(DbContext db, Guid id)
        where TOwner : class, IWatchedEntity => TrackedOwner<TOwner, Guid>(db, id);

    private static EntityEntry<IWatchedEntity> TrackedOwner<TOwner>(DbContext db, long id)
        where TOwner : class, IWatchedEntity => TrackedOwner<TOwner, long>(db, id);

    private static EntityEntry<IWatchedEntity> TrackedOwner<TOwner, TKey>(DbContext db, TKey id)
        where TOwner : class, IWatchedEntity
    {
        var owner = db.Set<TOwner>().Local.FindEntry(id)
            ?? throw new InvalidOperationException($"a row of {typeof(TOwner).Name} {id} is changed without its owner loaded");
        return db.Entry<IWatchedEntity>(owner.Entity);
    }

    private static void Stamp(EntityEntry<IWatchedEntity> entry, ChangeOperation operation, DateTime now)
    {
        if (operation == ChangeOperation.Delete) return;
        if (operation == ChangeOperation.Create)
        {
            entry.Entity.CreatedAt = now;

            // A new entity's collections are complete as they are: its view needs no query for them.
            foreach (var collection in entry.Collections) collection.IsLoaded = true;
        }

        entry.Entity.UpdatedAt = now;
        entry.Entity.Version++;
        entry.DetectChanges();
    }

    private static ChangeOperation? OperationOf(EntityState state) => state switch
    {
        EntityState.Added => ChangeOperation.Create,
        EntityState.Modified => ChangeOperation.Update,
        EntityState.Deleted => ChangeOperation.Delete,
        _ => null,
    };
}
