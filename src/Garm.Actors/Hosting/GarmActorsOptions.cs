using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Sessions;
using Garm.Actors.Users;

namespace Garm.Actors.Hosting;

/// <summary>Settings of a node's actors.</summary>
public sealed record GarmActorsOptions
{
    /// <summary>The folder with <c>garm.conf</c>. Default <c>hocon</c> beside the program. No such file stops the start.</summary>
    public string HoconDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "hocon");

    /// <summary>
    /// Names <c>garm.&lt;environment&gt;.conf</c>, which wins over <c>garm.conf</c> where it exists. Null for none.
    /// </summary>
    public string? Environment { get; init; }

    /// <summary>The cluster to be a member of; null for none: then the node has no cluster system.</summary>
    public ClusterLinkOptions? Cluster { get; init; }

    /// <summary>
    /// Whether commits are published. Default true. Without it every relay, this node's included, finds them by its looks
    /// at the log, late by as much as its poll interval.
    /// </summary>
    public bool PubSub { get; init; } = true;

    /// <summary>The relay of changes.</summary>
    public ChangeRelayOptions Relay { get; init; } = new();

    /// <summary>The reading of the log for sessions that catch up.</summary>
    public LogPagesOptions LogPages { get; init; } = new();

    /// <summary>The pruning of the log.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>The users' states.</summary>
    public UserStateOptions Users { get; init; } = new();

    /// <summary>The websocket sessions.</summary>
    public EventSessionOptions Sessions { get; init; } = new();
}
