using System.Collections.Immutable;
using Garm.Actors.Reads;

namespace Garm.Actors.Clustering;

/// <summary>Settings of a node's membership in a cluster.</summary>
public sealed record ClusterLinkOptions
{
    /// <summary>The name or address at which the other nodes reach this one.</summary>
    public required string Hostname { get; init; }

    /// <summary>The name or address that the node listens on; null for <see cref="Hostname"/>.</summary>
    public string? BindHostname { get; init; }

    /// <summary>The port, which is the same inside and outside; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Nodes to join through, <c>akka.tcp://garm@host:port</c>; empty to find them in the database.</summary>
    public ImmutableArray<string> SeedNodes { get; init; } = [];

    /// <summary>TLS between nodes; null for none.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>
    /// The pause between two heartbeats of a member. Default 2 s. A heartbeat is a small write; a node counts as gone after 10 s without
    /// one.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause between two heartbeats while the node looks for its cluster. Default 500 ms.</summary>
    public TimeSpan JoinInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The number of heartbeats of joining or forming without success after which the cluster system is restarted. Default 40, some 20 s;
    /// a join takes 1 s to 5 s. A node that is paused while it opens its first connections may stay unable to communicate until its
    /// cluster system is restarted.
    /// </summary>
    public int StartOverAfter { get; init; } = 40;

    /// <summary>
    /// The duration of the turn to form the cluster. Default 20 s, which is how long no cluster is formed when a node dies with the turn.
    /// </summary>
    public TimeSpan FormingTurn { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The number of consecutive heartbeats with members of another cluster after which the node leaves its own. Default 5, because a node
    /// that has just joined or was just cut off is in the table and not among the members for a moment.
    /// </summary>
    public int GiveUpAfter { get; init; } = 5;

    /// <summary>The pause before the cluster system is restarted. Default 1 s.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How a failed heartbeat is repeated.</summary>
    public RetryOptions Retry { get; init; } = new();
}
