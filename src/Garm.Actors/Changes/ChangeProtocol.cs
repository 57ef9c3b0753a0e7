using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Changes;

// The path of a change: ChangesCommitted → DbWatcherActor → PublishedBatch, directly to this node's ChangeRelayActor and through
// the mediator to the relays of other nodes → RelayedChanges → subscribers. Before a relay a batch may be lost, repeated or late;
// after it each change arrives once and in order.

/// <summary>To <c>DbWatcherActor</c>: a transaction of this node is committed.</summary>
/// <param name="Batch">Its changes.</param>
public sealed record ChangesCommitted(ChangeBatch Batch) : ILocalMessage;

/// <summary>From <c>DbWatcherActor</c> to the relay of every node; it may arrive several times, late, or never.</summary>
/// <param name="Batch">One transaction's changes.</param>
public sealed record PublishedBatch(ChangeBatch Batch) : IGarmWireMessage
{
    /// <summary>The mediator's topic, to which only the relays subscribe.</summary>
    public const string Topic = "garm.changes";
}

/// <summary>
/// From <c>ClusterLinkActor</c> to <c>DbWatcherActor</c> and <c>ChangeRelayActor</c>: the node's cluster system was started or has
/// ended.
/// </summary>
/// <param name="Mediator">The mediator from now on; <see cref="ActorRefs.Nobody"/> while there is none.</param>
/// <param name="MaxBatchBytes">The largest batch that remoting can send, in bytes.</param>
public sealed record MediatorChanged(IActorRef Mediator, long MaxBatchBytes) : ILocalMessage
{
    /// <summary>There is no mediator.</summary>
    public static MediatorChanged ToNobody { get; } = new(ActorRefs.Nobody, 0);
}

/// <summary>
/// Command to <c>ChangeRelayActor</c>: send these kinds of change to <paramref name="Subscriber"/> from now on. It replaces a former
/// subscription. Answered by <see cref="Subscribed"/>. The relay watches the subscriber and removes it when it stops.
/// </summary>
public sealed record Subscribe(IActorRef Subscriber, EventKinds Kinds) : ILocalMessage
{
    /// <summary>Which changes of these kinds; null for all.</summary>
    public EventFilter? Filter { get; init; }

    /// <summary>Echoed in the reply.</summary>
    public long Round { get; init; }
}

/// <summary>Reply to <see cref="Subscribe"/>: the relay sends every such change after <paramref name="After"/>.</summary>
public sealed record Subscribed(EventKinds Kinds, LogPosition After) : ILocalMessage
{
    /// <summary>The epoch of <see cref="After"/>.</summary>
    public LogEpoch Epoch { get; init; }

    /// <summary>The chain at <see cref="After"/>.</summary>
    public LogChain Chain { get; init; }

    /// <summary>Echoed from the request.</summary>
    public long Round { get; init; }
}

/// <summary>
/// Command to <c>ChangeRelayActor</c>: send what follows a place. It ends a former subscription. Answered by <see cref="Resumed"/>
/// when the changes are in memory, else by <see cref="NotRecent"/>.
/// </summary>
/// <param name="Subscriber">The reader.</param>
/// <param name="Filter">The filter of the subscription that follows the last page; pages are not filtered.</param>
/// <param name="After">The last place that the reader has.</param>
/// <param name="InLog">Whether the log is known to reach this place, so that it may be ahead of the relay.</param>
/// <param name="Round">Echoed in the reply.</param>
public sealed record Resume(IActorRef Subscriber, EventFilter Filter, LogPlace After, bool InLog, long Round) : ILocalMessage;

/// <summary>Reply to <see cref="Resume"/>: consecutive changes after the place.</summary>
/// <param name="Round">Echoed from the request.</param>
/// <param name="Changes">The changes, of any kind.</param>
/// <param name="UpTo">The place after the last one.</param>
/// <param name="IsLive">True on the last page: the reader is subscribed from here on. Otherwise it asks again.</param>
public sealed record Resumed(long Round, ImmutableArray<RelayedChange> Changes, LogPlace UpTo, bool IsLive) : ILocalMessage;

/// <summary>Reply to <see cref="Resume"/>: the changes are not in memory and have to be read from the log.</summary>
public sealed record NotRecent(long Round) : ILocalMessage
{
    /// <summary>
    /// Where to continue in the current epoch, when the place was of a former one that this node knows; otherwise null.
    /// </summary>
    public LogPlace? PlaceNow { get; init; }
}

/// <summary>Query to <c>ChangeRelayActor</c>, answered by <see cref="PlaceReached"/> after everything sent before.</summary>
public sealed record AskPlace(long Round) : ILocalMessage;

/// <summary>Reply to <see cref="AskPlace"/>: everything up to here was sent to its subscribers.</summary>
public sealed record PlaceReached(long Round, LogPlace Place) : ILocalMessage;

/// <summary>
/// From the relay to its subscribers: the epoch has switched, because an older copy of the database was restored. The next changes
/// follow <paramref name="Head"/>, the divergence point as far as this node knows; places of the former epoch are void.
/// </summary>
public sealed record HistoryChanged(LogPlace Head) : ILocalMessage;

/// <summary>Command to <c>ChangeRelayActor</c>: send nothing more. No reply.</summary>
public sealed record Unsubscribe(IActorRef Subscriber) : ILocalMessage;

/// <summary>
/// From the relay to its subscribers: consecutive changes in log order, at least one of which passes the subscriber's filter. All
/// subscribers get the same instance, and each applies its own filter.
/// </summary>
public sealed record RelayedChanges(ImmutableArray<RelayedChange> Changes) : ILocalMessage
{
    private readonly SharedFrames _shared = new(Changes);

    /// <summary>The kinds of its changes.</summary>
    public EventKinds Kinds { get; } = KindsOf(Changes);

    /// <summary>The trace of the commit; null when none is recorded.</summary>
    internal SendTrace? Trace { get; init; }

    /// <inheritdoc cref="SharedFrames.TryGet"/>
    internal bool TryGetShared(EventKinds kinds, FrameForm form, out ImmutableArray<JoinedFrames> shared) =>
        _shared.TryGet(kinds, form, out shared);

    private static EventKinds KindsOf(ImmutableArray<RelayedChange> changes)
    {
        var kinds = EventKinds.None;
        if (changes.IsDefault) return kinds;
        foreach (var change in changes) kinds = kinds.With(change.Change.Kind);
        return kinds;
    }
}

/// <summary>Query to <c>ChangeRelayActor</c>, answered by <see cref="RelayState"/>.</summary>
public sealed record GetRelayState : ILocalMessage
{
    /// <summary>The single instance.</summary>
    public static GetRelayState Instance { get; } = new();

    private GetRelayState()
    {
    }
}

/// <summary>The state of the relay.</summary>
/// <param name="Running">Whether it has read the log's head and relays.</param>
/// <param name="Head">The last place that it relayed.</param>
/// <param name="Subscribers">The number of subscribers.</param>
/// <param name="GapsRepaired">How many gaps it has filled from the log.</param>
public sealed record RelayState(bool Running, LogPlace Head, int Subscribers, long GapsRepaired) : ILocalMessage;

/// <summary>Query of any node to <c>ChangeRelayActor</c>, answered by <see cref="RelayPosition"/>.</summary>
internal sealed record AskRelayPosition : IGarmWireMessage
{
    /// <summary>The single instance.</summary>
    public static AskRelayPosition Instance { get; } = new();

    private AskRelayPosition()
    {
    }
}

/// <summary>How far a relay is.</summary>
/// <param name="Position">The position of the last change that it relayed.</param>
internal sealed record RelayPosition(LogPosition Position) : IGarmWireMessage;
