using System.Collections.Immutable;
using Garm.Actors.Reads;

namespace Garm.Actors.Clustering;

/// <summary>How this node takes part in a cluster.</summary>
public sealed record ClusterLinkOptions
{
    /// <summary>The name or address at which the other nodes reach this one.</summary>
    public required string Hostname { get; init; }

    /// <summary>What the node listens on; null for <see cref="Hostname"/>.</summary>
    public string? BindHostname { get; init; }

    /// <summary>The port, which is the same inside and outside; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Nodes to join through, <c>akka.tcp://garm@host:port</c>; empty to find them in the database.</summary>
    public ImmutableArray<string> SeedNodes { get; init; } = [];

    /// <summary>Encrypts and authenticates what goes between nodes; null for neither.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>
    /// The pause between two heartbeats of a member. Default 2 s. A heartbeat is a small write; a node counts as gone when
    /// none has come for 10 s.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause between two heartbeats while the node looks for its cluster. Default 500 ms.</summary>
    public TimeSpan JoinInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// After how many heartbeats without a membership, counted from the first try to join or to form, the cluster system is
    /// started anew. Default 40, some 20 s: a join takes one to five. A node that was paused while it opened its first
    /// connections may be refused by the others, or not hear them, for as long as its cluster system lives.
    /// </summary>
    public int StartOverAfter { get; init; } = 40;

    /// <summary>
    /// How long the turn to form the cluster is taken for. Default 20 s: so long nobody forms one when a node dies between
    /// taking the turn and using it.
    /// </summary>
    public TimeSpan FormingTurn { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// At how many heartbeats in a row members of another cluster must be seen before this one is given up. Default 5: a
    /// node that has just joined, or was just cut off, is for a moment in the table and not among the members.
    /// </summary>
    public int GiveUpAfter { get; init; } = 5;

    /// <summary>The pause before a node that was cut off from its cluster looks for it anew. Default 1 s.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What happens when the table cannot be reached.</summary>
    public RetryOptions Retry { get; init; } = new();
}
