using System.Runtime.InteropServices;
using Akka.Actor;
using Garm.Contracts.Events;

namespace Garm.Actors.Changes;

/// <summary>One subscriber and its index in each bucket of <see cref="SubscriberIndex"/>.</summary>
internal sealed class Subscription(IActorRef subscriber, EventFilter filter)
{
    public IActorRef Subscriber { get; } = subscriber;

    public EventFilter Filter { get; } = filter;

    /// <summary>Its index in the bucket of each of its kinds, so that removal does not search 10,000 sessions.</summary>
    public int[] Places { get; } = new int[EventKind.Count];

    /// <summary>The last selection that contained it, so that a subscriber in several buckets is selected once.</summary>
    public long SelectedIn { get; set; }
}

/// <summary>
/// Index of the subscribers by what they want: one bucket per kind for those who want all changes of it, and for filters that compare
/// fields one bucket per value of one field. The cost of a change depends on the number of subscribers that get it, not on the total.
/// </summary>
internal sealed class SubscriberIndex
{
    private readonly List<Subscription>[] _buckets = [.. Enumerable.Range(0, EventKind.Count).Select(_ => new List<Subscription>())];
    private readonly FieldIndex _fields = new();
    private readonly Dictionary<IActorRef, Subscription> _subscriptions = [];
    private readonly List<Subscription> _selected = [];
    private long _selection;

    public int Count => _subscriptions.Count;

    public IEnumerable<Subscription> All => _subscriptions.Values;

    /// <summary>Whether any subscriber may want this kind.</summary>
    public bool Wants(EventKind kind) => _buckets[kind.Index].Count > 0 || _fields.Wants(kind);

    /// <summary>Replaces the subscriber's filter; true when the subscriber is new.</summary>
    public bool Set(IActorRef subscriber, EventKinds kinds) => Set(subscriber, EventFilter.Of(kinds));

    /// <inheritdoc cref="Set(IActorRef, EventKinds)"/>
    public bool Set(IActorRef subscriber, EventFilter filter)
    {
        var isNew = !Remove(subscriber);
        var subscription = new Subscription(subscriber, filter);
        _subscriptions[subscriber] = subscription;
        _fields.Add(subscription);
        foreach (var kind in filter.Unconditional)
        {
            var bucket = _buckets[kind.Index];
            subscription.Places[kind.Index] = bucket.Count;
            bucket.Add(subscription);
        }

        return isNew;
    }

    /// <summary>Removes the subscriber; true when there was one.</summary>
    public bool Remove(IActorRef subscriber)
    {
        if (!_subscriptions.Remove(subscriber, out var subscription)) return false;
        _fields.Remove(subscription);
        foreach (var kind in subscription.Filter.Unconditional)
        {
            var bucket = _buckets[kind.Index];
            var place = subscription.Places[kind.Index];
            var last = bucket[^1];
            bucket[place] = last;
            last.Places[kind.Index] = place;
            bucket.RemoveAt(bucket.Count - 1);
        }

        return true;
    }

    /// <summary>The subscribers that want at least one of the changes, each once. The span is valid until the index is used again.</summary>
    public ReadOnlySpan<Subscription> Select(ReadOnlySpan<RelayedChange> changes)
    {
        if (changes.Length == 1 && !_fields.Wants(changes[0].Change.Kind))
            return CollectionsMarshal.AsSpan(_buckets[changes[0].Change.Kind.Index]);

        _selected.Clear();
        _selection++;
        var seen = EventKinds.None;
        foreach (var change in changes)
        {
            var kind = change.Change.Kind;
            if (!seen.Contains(kind))
            {
                foreach (var subscription in _buckets[kind.Index]) Take(subscription);
                seen = seen.With(kind);
            }

            if (_fields.Wants(kind)) _fields.ForEachMatch(change, Take);
        }

        return CollectionsMarshal.AsSpan(_selected);
    }

    private void Take(Subscription subscription)
    {
        if (subscription.SelectedIn == _selection) return;
        subscription.SelectedIn = _selection;
        _selected.Add(subscription);
    }
}
