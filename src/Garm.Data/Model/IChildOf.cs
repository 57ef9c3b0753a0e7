namespace Garm.Data.Model;

/// <summary>A row that belongs to a watched entity: its change is the owner's update.</summary>
public interface IChildOf<TOwner>
    where TOwner : class, IWatchedEntity
{
    /// <summary>The owner's key. The owner must be tracked whenever the child is changed.</summary>
    Guid OwnerId { get; }
}
