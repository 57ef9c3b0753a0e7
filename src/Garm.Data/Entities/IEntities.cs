namespace Garm.Data.Entities;

/// <summary>An entity whose every change is an event; see <c>WatchedEntities</c>.</summary>
public interface IWatchedEntity
{
    /// <summary>When it was made, UTC.</summary>
    DateTime CreatedAt { get; set; }

    /// <summary>When it last changed, UTC; children count.</summary>
    DateTime UpdatedAt { get; set; }

    /// <summary>Raised by each change: a write based on an older version is refused and done again.</summary>
    long Version { get; set; }
}

/// <summary>As <see cref="IChildOf{TOwner}"/>, where the database makes the owner's key, so that a new owner has none yet.</summary>
public interface INumberedChildOf<TOwner>
    where TOwner : class, IWatchedEntity
{
    /// <summary>The owner, where the navigation is known.</summary>
    TOwner? Owner { get; }

    /// <summary>The owner's key. The owner must be tracked whenever the child is changed.</summary>
    long OwnerId { get; }
}

/// <summary>A row that belongs to a watched entity: its change is the owner's update.</summary>
public interface IChildOf<TOwner>
    where TOwner : class, IWatchedEntity
{
    /// <summary>The owner's key. The owner must be tracked whenever the child is changed.</summary>
    Guid OwnerId { get; }
}
