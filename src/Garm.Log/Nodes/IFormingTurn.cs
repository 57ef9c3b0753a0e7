namespace Garm.Log.Nodes;

/// <summary>The turn to form the first cluster, which one node has at a time, by the database's clock.</summary>
public interface IFormingTurn
{
    /// <summary>Takes the turn for <paramref name="length"/>, or again when the node has it; false when another node has it.</summary>
    Task<bool> TryTakeAsync(NodeId id, TimeSpan length, CancellationToken cancellation);

    /// <summary>Gives the turn back; nothing happens when the node does not have it.</summary>
    Task ReturnAsync(NodeId id, CancellationToken cancellation);
}
