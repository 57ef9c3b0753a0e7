using Garm.Log.Nodes;

namespace Garm.Data.Nodes;

/// <summary>A row of <c>nodes</c>: a hub process that is, or wants to be, a member of the cluster on this database.</summary>
internal sealed class ClusterNode
{
    /// <summary>See <see cref="NodeId"/>.</summary>
    public Guid Id { get; init; }

    /// <summary>Where the node's remoting listens: <c>akka.tcp://garm@host:port</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether it is a member, so that others can join through it.</summary>
    public bool Joined { get; init; }

    /// <summary>The last heartbeat: milliseconds since 1970 by the database's clock, so that no node's clock matters.</summary>
    public long HeartbeatAt { get; init; }
}
