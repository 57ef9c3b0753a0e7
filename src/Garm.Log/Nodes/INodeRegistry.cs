namespace Garm.Log.Nodes;

/// <summary>
/// The nodes that share this database, by their heartbeats. Times are the database's.
/// </summary>
public interface INodeRegistry
{
    /// <summary>
    /// Records the node's heartbeat and returns every node whose heartbeat is fresh, including this one. Rows without a heartbeat for
    /// a long time are deleted, and so are older rows with the same address, because one address is one process.
    /// </summary>
    Task<IReadOnlyList<LiveNode>> BeatAsync(NodeBeat beat, CancellationToken cancellation);

    /// <summary>Deletes the node's row.</summary>
    Task RemoveAsync(NodeId id, CancellationToken cancellation);
}
