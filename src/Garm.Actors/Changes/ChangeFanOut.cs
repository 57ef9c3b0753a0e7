using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// The sending half of the relay: the subscribers, the recent changes, and how far everything was sent. When the relay's actor
/// is restarted, the next incarnation takes it over.
/// </summary>
internal sealed class ChangeFanOut(ChangeRelayOptions options)
{
    private readonly SubscriberIndex _subscribers = new();
    private readonly RecentChanges _recent = new(options.RecentChanges, options.RecentBytes);
    private readonly FormerEpochs _former = new();

    /// <summary>The last place up to which everything was sent; null before the relay has begun.</summary>
    public LogPlace? SentTo { get; private set; }

    public int SubscriberCount => _subscribers.Count;

    public IEnumerable<IActorRef> Subscribers => _subscribers.All.Select(s => s.Subscriber);

    /// <summary>Sets the subscriber's filter; true when the subscriber is new.</summary>
    public bool Subscribe(IActorRef subscriber, EventFilter filter) => _subscribers.Set(subscriber, filter);

    /// <summary>Removes the subscriber; true when there was one.</summary>
    public bool Unsubscribe(IActorRef subscriber) => _subscribers.Remove(subscriber);

    /// <summary>Continues from this place, whatever was sent before.</summary>
    public void Begin(LogPlace head)
    {
        _recent.Clear();
        SentTo = head;
    }

    /// <summary>Continues in a new epoch from the divergence point.</summary>
    public void SwitchEpoch(LogPlace agreed)
    {
        if (SentTo is { } sent) _former.Part(sent.Epoch, agreed);
        Begin(agreed);
    }

    /// <inheritdoc cref="FormerEpochs.PlaceNow"/>
    public LogPlace? PlaceNow(LogPlace former) => _former.PlaceNow(former);

    /// <summary>The places that were sent and are still in memory, ascending; at least the last one.</summary>
    public ImmutableArray<LogPlace> SentPlaces => SentTo is not { } last ? []
        : _recent.Count == 0 ? [last] : [.. _recent.Places];

    /// <inheritdoc cref="RecentChanges.TryReadAfter"/>
    public bool TryReadRecent(LogPosition after, int limit, out ImmutableArray<RelayedChange> changes) =>
        _recent.TryReadAfter(after, limit, out changes);

    /// <summary>
    /// Sends the changes as one message to every subscriber whose filter passes at least one of them. The subscribers are
    /// selected first, so a failure during the selection sends nothing.
    /// </summary>
    /// <returns>The number of subscribers that got the message.</returns>
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
