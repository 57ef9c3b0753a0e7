namespace Garm.Log.Nodes;

/// <summary>A hub process's key, made at its start.</summary>
public readonly record struct NodeId(Guid Value)
{
    /// <summary>A key that no other process has.</summary>
    public static NodeId NewId() => new(Guid.NewGuid());

    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}

/// <summary>What a node's heartbeat contains.</summary>
/// <param name="Id">The node.</param>
/// <param name="Address">Where its remoting listens: <c>akka.tcp://garm@host:port</c>.</param>
/// <param name="Joined">Whether it is a member of a cluster.</param>
public sealed record NodeBeat(NodeId Id, string Address, bool Joined);

/// <summary>A node whose heartbeat is fresh, as the table has it.</summary>
/// <param name="Id">The node.</param>
/// <param name="Address">Where its remoting listens.</param>
/// <param name="Joined">Whether it was a member at its last heartbeat.</param>
public sealed record LiveNode(NodeId Id, string Address, bool Joined);
