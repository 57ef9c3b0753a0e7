using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Changes;

// The way of a change: ChangesCommitted → DbWatcherActor → PublishedBatch, to this node's ChangeRelayActor itself and through
// the mediator to those of the other nodes → RelayedChanges → subscribers. Between DbWatcherActor and the relays a batch may be
// lost, doubled or late; after the relay it is not.

/// <summary>Command to <c>DbWatcherActor</c>: this node's transaction is committed.</summary>
/// <param name="Batch">What it changed.</param>
public sealed record ChangesCommitted(ChangeBatch Batch) : ILocalMessage;

/// <summary>From <c>DbWatcherActor</c> to the relay of every node: any number of times, in any order.</summary>
/// <param name="Batch">One transaction's changes.</param>
public sealed record PublishedBatch(ChangeBatch Batch) : IGarmWireMessage
{
    /// <summary>The mediator's topic for it; each node's relay listens, and nobody else.</summary>
    public const string Topic = "garm.changes";
}

/// <summary>
/// From <c>ClusterLinkActor</c> to <c>DbWatcherActor</c> and <c>ChangeRelayActor</c>: the node's cluster system was started, anew
/// perhaps, or has ended.
/// </summary>
/// <param name="Mediator">The mediator from now on; <see cref="ActorRefs.Nobody"/> while there is none.</param>
/// <param name="MaxBatchBytes">What remoting carries of a batch.</param>
public sealed record MediatorChanged(IActorRef Mediator, long MaxBatchBytes) : ILocalMessage
{
    /// <summary>There is no mediator.</summary>
    public static MediatorChanged ToNobody { get; } = new(ActorRefs.Nobody, 0);
}

/// <summary>
/// Command to <c>ChangeRelayActor</c>: send these kinds of change to <paramref name="Subscriber"/> from now on; replaces
/// what it asked for before. Answered by <see cref="Subscribed"/>. The relay watches the subscriber and forgets it when
/// it stops.
/// </summary>
public sealed record Subscribe(IActorRef Subscriber, EventKinds Kinds) : ILocalMessage
{
    /// <summary>What is wanted of these kinds; null for all of it.</summary>
    public EventFilter? Filter { get; init; }

    /// <summary>Comes back with the answer.</summary>
    public long Round { get; init; }
}

/// <summary>Reply to <see cref="Subscribe"/>: everything after <paramref name="After"/> of these kinds will come.</summary>
public sealed record Subscribed(EventKinds Kinds, LogPosition After) : ILocalMessage
{
    /// <summary>The history that <see cref="After"/> is of.</summary>
    public LogEpoch Epoch { get; init; }

    /// <summary>What the log holds up to <see cref="After"/>.</summary>
    public LogChain Chain { get; init; }

    /// <summary>Of the question.</summary>
    public long Round { get; init; }
}

/// <summary>
/// Command to <c>ChangeRelayActor</c>: bring <paramref name="Subscriber"/> on from a place. It stops being subscribed, and is
/// answered by <see cref="Resumed"/> as far as the changes are in memory, else by <see cref="NotRecent"/>.
/// </summary>
/// <param name="Subscriber">Who.</param>
/// <param name="Filter">What is to be sent once it is live; the pages before are not filtered.</param>
/// <param name="After">What it has.</param>
/// <param name="InLog">Whether the log was seen to reach this place: then it may be ahead of the relay.</param>
/// <param name="Round">Comes back with the answer.</param>
public sealed record Resume(IActorRef Subscriber, EventFilter Filter, LogPlace After, bool InLog, long Round) : ILocalMessage;

/// <summary>Reply to <see cref="Resume"/>: consecutive changes after the place.</summary>
/// <param name="Round">Of the question.</param>
/// <param name="Changes">The changes, of any kind.</param>
/// <param name="UpTo">Where they end.</param>
/// <param name="IsLive">Whether that is all there is: the subscriber is subscribed from there on. Else it asks again.</param>
public sealed record Resumed(long Round, ImmutableArray<RelayedChange> Changes, LogPlace UpTo, bool IsLive) : ILocalMessage;

/// <summary>Reply to <see cref="Resume"/>: not in memory; only the log can tell.</summary>
public sealed record NotRecent(long Round) : ILocalMessage
{
    /// <summary>
    /// The place was of a history that this node saw end: from here on everything is new to who was there. Null for all
    /// others.
    /// </summary>
    public LogPlace? PlaceNow { get; init; }
}

/// <summary>Query to <c>ChangeRelayActor</c>, answered by <see cref="PlaceReached"/>, behind everything sent before.</summary>
public sealed record AskPlace(long Round) : ILocalMessage;

/// <summary>Reply to <see cref="AskPlace"/>: everything up to here was sent to its subscribers.</summary>
public sealed record PlaceReached(long Round, LogPlace Place) : ILocalMessage;

/// <summary>
/// From the relay to its subscribers: the database has another history now, because an older copy of it was restored. What
/// comes next follows <paramref name="Head"/>, where the two part as far as this node knows; places of the old history mean
/// nothing any more.
/// </summary>
public sealed record HistoryChanged(LogPlace Head) : ILocalMessage;

/// <summary>Command to <c>ChangeRelayActor</c>: send nothing more. No reply.</summary>
public sealed record Unsubscribe(IActorRef Subscriber) : ILocalMessage;

/// <summary>
/// From the relay to a subscriber: consecutive changes in log order, at least one of which its filter lets through. The
/// instance is shared by all subscribers: each picks its own.
/// </summary>
public sealed record RelayedChanges(ImmutableArray<RelayedChange> Changes) : ILocalMessage
{
    private readonly FrameRuns _runs = new(Changes);

    /// <summary>The kinds of its changes.</summary>
    public EventKinds Kinds { get; } = KindsOf(Changes);

    /// <summary>The trace of the commit; null when none is recorded.</summary>
    public SendTrace? Trace { get; init; }

    /// <inheritdoc cref="FrameRuns.TryGet"/>
    public bool TryGetRuns(EventKinds kinds, bool withCursor, out ImmutableArray<FrameRun> runs) =>
        _runs.TryGet(kinds, withCursor, out runs);

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
    /// <summary>The only one.</summary>
    public static GetRelayState Instance { get; } = new();

    private GetRelayState()
    {
    }
}

/// <summary>Where the relay stands.</summary>
/// <param name="Running">Whether it has read the log's head and relays.</param>
/// <param name="Head">The history and the last position that it relayed.</param>
/// <param name="Subscribers">How many subscribers it has.</param>
/// <param name="GapsRepaired">How many times it read from the log what the mediator did not bring.</param>
public sealed record RelayState(bool Running, LogPlace Head, int Subscribers, long GapsRepaired) : ILocalMessage;
