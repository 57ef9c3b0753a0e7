using Garm.Log.Nodes;

namespace Garm.Data.Nodes;

/// <summary>A row of <c>nodes</c>: a hub process that is a member of the cluster on this database, or tries to become one.</summary>
internal sealed class ClusterNode
{
    /// <summary>See <see cref="NodeId"/>.</summary>
    public Guid Id { get; init; }

    /// <summary>The address of the node's remoting: <c>akka.tcp://garm@host:port</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether it is a member, so that others can join through it.</summary>
    public bool Joined { get; init; }

    /// <summary>The last heartbeat: milliseconds since 1970 by the database's clock, so that the nodes' clocks do not matter.</summary>
    public long HeartbeatAt { get; init; }
}
