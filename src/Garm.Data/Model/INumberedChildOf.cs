namespace Garm.Data.Model;

/// <summary>As <see cref="IChildOf{TOwner}"/>, where the database makes the owner's key, so that a new owner has none yet.</summary>
public interface INumberedChildOf<TOwner>
    where TOwner : class, IWatchedEntity
{
    /// <summary>The owner, where the navigation is known.</summary>
    TOwner? Owner { get; }

    /// <summary>The owner's key. The owner must be tracked whenever the child is changed.</summary>
    long OwnerId { get; }
}
