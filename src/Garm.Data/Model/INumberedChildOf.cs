namespace Garm.Data.Model;

/// <summary>Like <see cref="IChildOf{TOwner}"/>, for an owner whose key the database generates, so that a new owner has none yet.</summary>
public interface INumberedChildOf<TOwner>
    where TOwner : class, IWatchedEntity
{
    /// <summary>The owner, if the navigation is loaded.</summary>
    TOwner? Owner { get; }

    /// <summary>The owner's key. The owner must be tracked when the child changes.</summary>
    long OwnerId { get; }
}
