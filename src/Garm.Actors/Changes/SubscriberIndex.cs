using System.Runtime.InteropServices;
using Akka.Actor;
using Garm.Contracts.Events;

namespace Garm.Actors.Changes;

/// <summary>One subscriber and its place in each bucket of <see cref="SubscriberIndex"/>.</summary>
internal sealed class Subscription(IActorRef subscriber, EventKinds kinds)
{
    public IActorRef Subscriber { get; } = subscriber;

    public EventKinds Kinds { get; } = kinds;

    /// <summary>Where it stands in the bucket of each of its kinds: removal must not search 10,000 sessions.</summary>
    public int[] Places { get; } = new int[EventKind.Count];

    /// <summary>The last selection that took it, so that one with several kinds takes it once.</summary>
    public long SelectedIn { get; set; }
}

/// <summary>Who wants which kind of change: one bucket a kind.</summary>
internal sealed class SubscriberIndex
{
    private readonly List<Subscription>[] _buckets = [.. Enumerable.Range(0, EventKind.Count).Select(_ => new List<Subscription>())];
    private readonly Dictionary<IActorRef, Subscription> _subscriptions = [];
    private readonly List<Subscription> _selected = [];
    private long _selection;

    public int Count => _subscriptions.Count;

    public IEnumerable<Subscription> All => _subscriptions.Values;

    /// <summary>Whether anybody wants this kind.</summary>
    public bool Wants(EventKind kind) => _buckets[kind.Index].Count > 0;

    /// <summary>Replaces what the subscriber wants; true when it is new.</summary>
    public bool Set(IActorRef subscriber, EventKinds kinds)
    {
        var isNew = !Remove(subscriber);
        var subscription = new Subscription(subscriber, kinds);
        _subscriptions[subscriber] = subscription;
        foreach (var kind in kinds)
        {
            var bucket = _buckets[kind.Index];
            subscription.Places[kind.Index] = bucket.Count;
            bucket.Add(subscription);
        }

        return isNew;
    }

    /// <summary>Forgets the subscriber; true when there was one.</summary>
    public bool Remove(IActorRef subscriber)
    {
        if (!_subscriptions.Remove(subscriber, out var subscription)) return false;
        foreach (var kind in subscription.Kinds)
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

    /// <summary>
    /// Everyone who wants at least one of these kinds, each once. The span is valid until the index is used again.
    /// </summary>
    public ReadOnlySpan<Subscription> Select(EventKinds kinds)
    {
        if (kinds.Count == 1) return CollectionsMarshal.AsSpan(_buckets[kinds.First().Index]);

        _selected.Clear();
        _selection++;
        foreach (var kind in kinds)
        {
            foreach (var subscription in _buckets[kind.Index])
            {
                if (subscription.SelectedIn == _selection) continue;
                subscription.SelectedIn = _selection;
                _selected.Add(subscription);
            }
        }

        return CollectionsMarshal.AsSpan(_selected);
    }
}
