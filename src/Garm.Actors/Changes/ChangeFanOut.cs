using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Changes;

/// <summary>
/// The sending side of the relay: who wants what, what was sent last, and how far. It outlives a failure of the relay's
/// actor, whose next incarnation takes it over.
/// </summary>
internal sealed class ChangeFanOut(ChangeRelayOptions options)
{
    private readonly SubscriberIndex _subscribers = new();
    private readonly RecentChanges _recent = new(options.RecentChanges, options.RecentBytes);

    /// <summary>How far everything was sent; null before the beginning.</summary>
    public LogHead? SentTo { get; private set; }

    public int SubscriberCount => _subscribers.Count;

    public IEnumerable<IActorRef> Subscribers => _subscribers.All.Select(s => s.Subscriber);

    /// <summary>Replaces what the subscriber wants; true when it is new.</summary>
    public bool Subscribe(IActorRef subscriber, EventKinds kinds) => _subscribers.Set(subscriber, kinds);

    /// <summary>Forgets the subscriber; true when there was one.</summary>
    public bool Unsubscribe(IActorRef subscriber) => _subscribers.Remove(subscriber);

    /// <summary>Goes on from here, whatever was sent before: another history, or the first one.</summary>
    public void Begin(LogHead head)
    {
        _recent.Clear();
        SentTo = head;
    }

    /// <summary>
    /// Sends the changes, as one message, to everyone who wants at least one of them. Frames are built first, and only
    /// for kinds that somebody wants: if that fails, nobody was told and nothing counts as sent.
    /// </summary>
    public void Send(ImmutableArray<Change> changes, LogHead upTo, IActorRef sender)
    {
        var relayed = ImmutableArray.CreateBuilder<RelayedChange>(changes.Length);
        var wanted = EventKinds.None;
        foreach (var change in changes)
        {
            var isWanted = _subscribers.Wants(change.Kind);
            if (isWanted) wanted = wanted.With(change.Kind);
            relayed.Add(new RelayedChange(change, isWanted ? RelayedFrame.Build(change) : default));
        }

        foreach (var change in relayed) _recent.Add(change);
        SentTo = upTo;
        GarmTelemetry.EventsRelayed(changes.Length);
        if (wanted.IsEmpty) return;
        var message = new RelayedChanges(relayed.MoveToImmutable()) { Trace = SendTrace.OfCurrent() };
        foreach (var subscription in _subscribers.Select(wanted)) subscription.Subscriber.Tell(message, sender);
    }
}
