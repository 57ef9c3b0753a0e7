namespace Garm.Data.Model;

/// <summary>A row that belongs to a watched entity: a change of it is an update of the owner.</summary>
public interface IChildOf<TOwner>
    where TOwner : class, IWatchedEntity
{
    /// <summary>The owner's key. The owner must be tracked when the child changes.</summary>
    Guid OwnerId { get; }
}
