using Garm.Actors.Changes;
using Garm.Actors.Clustering;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Actors.Snapshots;
using Garm.Actors.Sources;
using Garm.Actors.SourceTokens;
using Garm.Actors.Users;

namespace Garm.Actors.Hosting;

/// <summary>Settings of a node's actors.</summary>
public sealed record GarmActorsOptions
{
    /// <summary>The folder with <c>garm.conf</c>, which is required. Default <c>hocon</c> beside the program.</summary>
    public string HoconDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "hocon");

    /// <summary>
    /// The environment of <c>garm.&lt;environment&gt;.conf</c>, which takes precedence over <c>garm.conf</c> where it exists. Null for none.
    /// </summary>
    public string? Environment { get; init; }

    /// <summary>The node's cluster; null for none.</summary>
    public ClusterLinkOptions? Cluster { get; init; }

    /// <summary>
    /// Whether commits are published. Default true. Otherwise every relay finds them in the log, after up to its poll interval.
    /// </summary>
    public bool PubSub { get; init; } = true;

    /// <summary>The relay of changes.</summary>
    public ChangeRelayOptions Relay { get; init; } = new();

    /// <summary>The readers of log pages.</summary>
    public LogPagesOptions LogPages { get; init; } = new();

    /// <summary>The readers of snapshots.</summary>
    public SnapshotOptions Snapshots { get; init; } = new();

    /// <summary>The pruning of the log.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>The mirroring of sources.</summary>
    public SourceOptions Sources { get; init; } = new();

    /// <summary>The tokens of the sources' servers.</summary>
    public SourceTokenOptions SourceTokens { get; init; } = new();

    /// <summary>The users' actors.</summary>
    public UserStateOptions Users { get; init; } = new();

    /// <summary>The websocket sessions.</summary>
    public EventSessionOptions Sessions { get; init; } = new();

    /// <summary>Queries for the sessions of all nodes.</summary>
    public SessionQueryOptions SessionQueries { get; init; } = new();
}
