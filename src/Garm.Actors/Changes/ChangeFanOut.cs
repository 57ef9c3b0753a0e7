using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// The sending side of the relay: who wants what, what was sent last, and how far. It outlives a failure of the relay's
/// actor, whose next incarnation takes it over.
/// </summary>
internal sealed class ChangeFanOut(ChangeRelayOptions options)
{
    private readonly SubscriberIndex _subscribers = new();
    private readonly RecentChanges _recent = new(options.RecentChanges, options.RecentBytes);
    private readonly FormerHistories _former = new();

    /// <summary>How far everything was sent; null before the beginning.</summary>
    public LogPlace? SentTo { get; private set; }

    public int SubscriberCount => _subscribers.Count;

    public IEnumerable<IActorRef> Subscribers => _subscribers.All.Select(s => s.Subscriber);

    /// <summary>Replaces what the subscriber wants; true when it is new.</summary>
    public bool Subscribe(IActorRef subscriber, EventFilter filter) => _subscribers.Set(subscriber, filter);

    /// <summary>Forgets the subscriber; true when there was one.</summary>
    public bool Unsubscribe(IActorRef subscriber) => _subscribers.Remove(subscriber);

    /// <summary>Goes on from here, whatever was sent before: another history, or the first one.</summary>
    public void Begin(LogPlace head)
    {
        _recent.Clear();
        SentTo = head;
    }

    /// <summary>Goes on in another history from the place where it parts from what was sent.</summary>
    public void BeginAnother(LogPlace agreed)
    {
        if (SentTo is { } sent) _former.Part(sent.Epoch, agreed);
        Begin(agreed);
    }

    /// <inheritdoc cref="FormerHistories.PlaceNow"/>
    public LogPlace? PlaceNow(LogPlace former) => _former.PlaceNow(former);

    /// <summary>The places that were sent and are known, ascending: those in memory, and how far everything was sent.</summary>
    public ImmutableArray<LogPlace> SentPlaces => SentTo is not { } last ? []
        : _recent.Count == 0 ? [last] : [.. _recent.Places];

    /// <inheritdoc cref="RecentChanges.TryReadAfter"/>
    public bool TryReadRecent(LogPosition after, int limit, out ImmutableArray<RelayedChange> changes) =>
        _recent.TryReadAfter(after, limit, out changes);

    /// <summary>
    /// Sends the changes, as one message, to everyone who wants at least one of them. Who that is, is found first: if that
    /// fails, nobody was told and nothing counts as sent.
    /// </summary>
    /// <returns>How many were told.</returns>
    public int Send(ImmutableArray<Change> changes, LogPlace upTo, IActorRef sender, SendTrace? trace = null)
    {
        var builder = ImmutableArray.CreateBuilder<RelayedChange>(changes.Length);
        foreach (var change in changes) builder.Add(new RelayedChange(change, upTo.Epoch));
        var relayed = builder.MoveToImmutable();
        var selected = _subscribers.Select(relayed.AsSpan());

        foreach (var change in relayed) _recent.Add(change);
        SentTo = upTo;
        GarmTelemetry.EventsRelayed(changes.Length);
        if (selected.IsEmpty) return 0;
        var message = new RelayedChanges(relayed) { Trace = trace };
        foreach (var subscription in selected) subscription.Subscriber.Tell(message, sender);
        return selected.Length;
    }
}
