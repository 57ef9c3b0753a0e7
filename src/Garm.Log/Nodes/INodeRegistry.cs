namespace Garm.Log.Nodes;

/// <summary>
/// The nodes that share this database, each kept alive by its heartbeats. Time is the database's.
/// </summary>
public interface INodeRegistry
{
    /// <summary>
    /// Records the node's heartbeat and returns every node whose own is fresh, this one included. Rows that have long
    /// been silent go, and so do older rows of the same address: one address is one process.
    /// </summary>
    Task<IReadOnlyList<LiveNode>> BeatAsync(NodeBeat beat, CancellationToken cancellation);

    /// <summary>Takes the node's row away.</summary>
    Task RemoveAsync(NodeId id, CancellationToken cancellation);
}
