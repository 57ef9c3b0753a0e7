using System.Collections.Immutable;
using Garm.Contracts.Events;

namespace Garm.Actors.Changes;

/// <summary>
/// An index of subscriptions by the value of one field of their filter, the one with the fewest values. The rest of the filter is
/// checked for the subscriptions found. With a dashboard for each of 1,000 pools, an event of a pool takes one look-up.
/// </summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<string, Dictionary<MatchValue, HashSet<Subscription>>>[] _kinds =
        [.. Enumerable.Range(0, EventKind.Count).Select(_ => new Dictionary<string, Dictionary<MatchValue, HashSet<Subscription>>>())];

    /// <summary>Whether any subscription compares fields of this kind.</summary>
    public bool Wants(EventKind kind) => _kinds[kind.Index].Count > 0;

    public void Add(Subscription subscription)
    {
        foreach (var (kind, match) in Keys(subscription))
        {
            var fields = _kinds[kind.Index];
            if (!fields.TryGetValue(match.Field, out var values)) fields[match.Field] = values = [];
            foreach (var value in match.Values)
            {
                if (!values.TryGetValue(value, out var bucket)) values[value] = bucket = [];
                bucket.Add(subscription);
            }
        }
    }

    public void Remove(Subscription subscription)
    {
        foreach (var (kind, match) in Keys(subscription))
        {
            var fields = _kinds[kind.Index];
            if (!fields.TryGetValue(match.Field, out var values)) continue;
            foreach (var value in match.Values)
            {
                if (!values.TryGetValue(value, out var bucket)) continue;
                bucket.Remove(subscription);
                if (bucket.Count == 0) values.Remove(value);
            }

            if (values.Count == 0) fields.Remove(match.Field);
        }
    }

    /// <summary>Calls <paramref name="take"/> for each subscription that the change matches by its fields, possibly twice for the same one.</summary>
    public void ForEachMatch(RelayedChange change, Action<Subscription> take)
    {
        foreach (var (field, values) in _kinds[change.Change.Kind.Index])
        {
            change.Fields.TryGetValue(field, out var value);
            if (!values.TryGetValue(value, out var bucket)) continue;
            foreach (var subscription in bucket)
            {
                if (subscription.Filter.Matches(change)) take(subscription);
            }
        }
    }

    private static IEnumerable<(EventKind Kind, FieldMatch Match)> Keys(Subscription subscription)
    {
        foreach (var filter in subscription.Filter.Conditional)
        {
            var match = Narrowest(filter.Match);
            foreach (var kind in filter.Kinds) yield return (kind, match);
        }
    }

    private static FieldMatch Narrowest(ImmutableArray<FieldMatch> matches) => matches.MinBy(x => x.Values.Length)!;
}
