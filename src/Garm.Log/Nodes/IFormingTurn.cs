namespace Garm.Log.Nodes;

/// <summary>The turn to form the first cluster, which one node at a time has, by the database's clock.</summary>
public interface IFormingTurn
{
    /// <summary>Takes or renews the turn for <paramref name="length"/>; false when another node has it.</summary>
    Task<bool> TryTakeAsync(NodeId id, TimeSpan length, CancellationToken cancellation);

    /// <summary>Returns the turn; does nothing when the node does not have it.</summary>
    Task ReturnAsync(NodeId id, CancellationToken cancellation);
}
