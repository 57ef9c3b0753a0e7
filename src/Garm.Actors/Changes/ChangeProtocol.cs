using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Changes;

// The way of a change: ChangesCommitted → DbWatcherActor → PublishedBatch through the mediator → ChangeRelayActor →
// RelayedChanges → subscribers. Between DbWatcherActor and the relay a batch may be lost, doubled or late; after the
// relay it is not.

/// <summary>Command to <c>DbWatcherActor</c>: this node's transaction is committed.</summary>
/// <param name="Batch">What it changed.</param>
public sealed record ChangesCommitted(ChangeBatch Batch) : ILocalMessage;

/// <summary>What the mediator carries to the relay of every node: at most once, in any order.</summary>
/// <param name="Batch">One transaction's changes.</param>
public sealed record PublishedBatch(ChangeBatch Batch) : IGarmWireMessage;

/// <summary>
/// Command to <c>ChangeRelayActor</c>: send these kinds of change to <paramref name="Subscriber"/> from now on; replaces
/// what it asked for before. Answered by <see cref="Subscribed"/>. The relay watches the subscriber and forgets it when
/// it stops.
/// </summary>
public sealed record Subscribe(IActorRef Subscriber, EventKinds Kinds) : ILocalMessage;

/// <summary>Reply to <see cref="Subscribe"/>: everything after <paramref name="After"/> of these kinds will come.</summary>
public sealed record Subscribed(EventKinds Kinds, LogPosition After) : ILocalMessage;

/// <summary>Command to <c>ChangeRelayActor</c>: send nothing more. No reply.</summary>
public sealed record Unsubscribe(IActorRef Subscriber) : ILocalMessage;

/// <summary>
/// From the relay to a subscriber: consecutive changes in log order, at least one of which is of a kind that it asked
/// for. The instance is shared by all subscribers: each picks its own.
/// </summary>
public sealed record RelayedChanges(ImmutableArray<RelayedChange> Changes) : ILocalMessage
{
    /// <summary>The trace of the commit; null when none is recorded.</summary>
    public SendTrace? Trace { get; init; }
}

/// <summary>A change with the websocket frame that carries it, built once a node.</summary>
/// <param name="Change">The change.</param>
/// <param name="Frame">The whole RFC 6455 text frame, header included: plain GARM form.</param>
public sealed record RelayedChange(Change Change, ReadOnlyMemory<byte> Frame);

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
public sealed record RelayState(bool Running, LogHead Head, int Subscribers, long GapsRepaired) : ILocalMessage;
