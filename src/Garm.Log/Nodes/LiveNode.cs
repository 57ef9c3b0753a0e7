namespace Garm.Log.Nodes;

/// <summary>The key of a hub process, generated at its start.</summary>
public readonly record struct NodeId(Guid Value)
{
    /// <summary>A new, unique key.</summary>
    public static NodeId NewId() => new(Guid.NewGuid());

    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}

/// <summary>What a node's heartbeat contains.</summary>
/// <param name="Id">The node.</param>
/// <param name="Address">The address of its remoting: <c>akka.tcp://garm@host:port</c>.</param>
/// <param name="Joined">Whether it is a member of a cluster.</param>
public sealed record NodeBeat(NodeId Id, string Address, bool Joined);

/// <summary>A node with a fresh heartbeat, as stored in the table.</summary>
/// <param name="Id">The node.</param>
/// <param name="Address">The address of its remoting.</param>
/// <param name="Joined">Whether it was a member at its last heartbeat.</param>
public sealed record LiveNode(NodeId Id, string Address, bool Joined);
