namespace Garm.Data.Nodes;

/// <summary>A hub process's key, made at its start.</summary>
public readonly record struct NodeId(Guid Value)
{
    /// <summary>A key that no other process has.</summary>
    public static NodeId NewId() => new(Guid.NewGuid());

    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}

/// <summary>What a node tells of itself with each heartbeat.</summary>
/// <param name="Id">The node.</param>
/// <param name="Address">Where its remoting listens: <c>akka.tcp://garm@host:port</c>.</param>
/// <param name="Joined">Whether it is a member of a cluster.</param>
public sealed record NodeBeat(NodeId Id, string Address, bool Joined);

/// <summary>A node whose heartbeat is fresh, as the table has it.</summary>
/// <param name="Id">The node.</param>
/// <param name="Address">Where its remoting listens.</param>
/// <param name="Joined">Whether it was a member at its last heartbeat.</param>
public sealed record LiveNode(NodeId Id, string Address, bool Joined);

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

/// <summary>The turn to form the first cluster, which one node has at a time, by the database's clock.</summary>
public interface IFormingTurn
{
    /// <summary>Takes the turn for <paramref name="length"/>, or again when the node has it; false when another node has it.</summary>
    Task<bool> TryTakeAsync(NodeId id, TimeSpan length, CancellationToken cancellation);

    /// <summary>Gives the turn back; nothing happens when the node does not have it.</summary>
    Task ReturnAsync(NodeId id, CancellationToken cancellation);
}
