using System.Collections.Immutable;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Changes;

/// <summary>
/// The filter of an event session. A change passes when at least one clause of the client's message has its type and operation and
/// matches all of its fields. A later message replaces the whole filter.
/// <para>
/// A clause with <c>match</c> compares fields of the entity. An update passes when the entity matched before it or matches after it, so
/// the client learns when an entity no longer matches; a deletion is compared with the last state.
/// </para>
/// </summary>
public sealed class EventFilter
{
    private EventFilter(EventKinds unconditional, ImmutableArray<EntityEventFilter> conditional)
    {
        Unconditional = unconditional;
        Conditional = conditional;
        Kinds = conditional.Aggregate(unconditional, (kinds, filter) => kinds | filter.Kinds);
    }

    /// <summary>
    /// The filter before the client's first message: nothing passes. A client cannot return to it, because messages that ask for nothing
    /// are ignored.
    /// </summary>
    public static EventFilter NotYet { get; } = new(EventKinds.None, []);

    /// <summary>The kinds of change that may pass.</summary>
    public EventKinds Kinds { get; }

    /// <summary>The kinds that pass without regard to fields.</summary>
    public EventKinds Unconditional { get; }

    /// <summary>The clauses that compare fields.</summary>
    public ImmutableArray<EntityEventFilter> Conditional { get; }

    /// <summary>Whether the client has sent a filter.</summary>
    public bool IsSet => !Kinds.IsEmpty;

    /// <summary>The filter of a client's accepted message.</summary>
    /// <param name="options">What the client asks for.</param>
    /// <param name="within">
    /// The source whose entities are all that the client may see; null for no such limit. What the client says of sources holds
    /// besides, so a client that asks for another source gets nothing.
    /// </param>
    public static EventFilter Of(EventOptions options, string? within = null)
    {
        var clauses = !options.SendEverything ? options.Filters
            : options.Sources.IsEmpty ? [.. EntityTypes.All.Select(x => new EntityEventFilter(x, []))]
            : [.. EntityTypes.All.Select(x => new EntityEventFilter(x, []) { Sources = options.Sources })];
        var conditions = clauses.Select(WithSource).ToList();
        if (within is not null) conditions = [.. conditions.Select(x => WithSource(x with { Sources = [within] }))];
        var unconditional = conditions.Where(x => x.Match.IsEmpty).Aggregate(EventKinds.None, (kinds, x) => kinds | x.Kinds);
        return new EventFilter(unconditional, [.. conditions.Where(x => !x.Match.IsEmpty)]);
    }

    /// <summary>A filter that lets all changes of these kinds pass.</summary>
    public static EventFilter Of(EventKinds kinds) => new(kinds, []);

    /// <summary>Whether the change passes.</summary>
    public bool Matches(RelayedChange change) => MoveOf(change) is not null;

    /// <summary>How the change moved the entity relative to the filter; null when it does not pass.</summary>
    internal FilterMove? MoveOf(RelayedChange change)
    {
        var kind = change.Change.Kind;
        if (Unconditional.Contains(kind)) return FilterMove.None;
        if (!Kinds.Contains(kind)) return null;
        var (matches, matched) = (false, false);
        foreach (var filter in Conditional)
        {
            if (!filter.Kinds.Contains(kind)) continue;
            matches |= MatchesAll(filter.Match, change.Fields);
            matched |= change.FormerFields is { } former && MatchesAll(filter.Match, former);
        }

        if (change.FormerFields is null) return matches ? FilterMove.None : null;
        return matches ? (matched ? FilterMove.None : FilterMove.Entered) : matched ? FilterMove.Left : null;
    }

    /// <summary>
    /// Whether a snapshot contains this row. A row that changed after the snapshot's place is left out when an event that passes shows the
    /// entity. Clauses without updates get no such event, so the snapshot contains the row as it is now, if the entity existed.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="place">The snapshot's place.</param>
    internal bool HasRow(EntityStateRow row, LogPlace place)
    {
        var isNewer = row.Position > place.Position;
        if (isNewer && row.Created > place.Position) return false;
        if (HasRow(Unconditional, row, isNewer)) return true;
        IReadOnlyDictionary<string, MatchValue>? fields = null;
        foreach (var filter in Conditional)
        {
            if (!HasRow(filter.Kinds, row, isNewer)) continue;
            if (MatchesAll(filter.Match, fields ??= EntityFields.Read(row.Payload, row.Source))) return true;
        }

        return false;
    }

    /// <summary>The parts of the current states that a snapshot reads.</summary>
    internal IEnumerable<StateRange> Ranges()
    {
        foreach (var type in EntityTypes.All)
        {
            if (HasRows(Unconditional, type))
            {
                yield return new StateRange(type, null);
                continue;
            }

            var clauses = Conditional.Where(x => HasRows(x.Kinds, type)).ToList();
            if (clauses.Count == 0) continue;
            if (clauses.Any(x => x.Sources.IsEmpty)) yield return new StateRange(type, null);
            else
                foreach (var source in clauses.SelectMany(x => x.Sources).Distinct().Order(StringComparer.Ordinal))
                    yield return new StateRange(type, source);
        }
    }

    private static bool HasRow(EventKinds kinds, EntityStateRow row, bool isNewer) =>
        HasRows(kinds, row.EntityType) && !(isNewer && kinds.Contains(new EventKind(row.EntityType, ChangeOperation.Update)));

    // A clause with deletions only needs no rows.
    private static bool HasRows(EventKinds kinds, EntityType type) =>
        kinds.Contains(new EventKind(type, ChangeOperation.Create)) || kinds.Contains(new EventKind(type, ChangeOperation.Update));

    private static EntityEventFilter WithSource(EntityEventFilter clause) => clause.Sources.IsEmpty
        ? clause
        : clause with { Match = clause.Match.Add(new FieldMatch(EntityFields.Source, [.. clause.Sources.Select(MatchValue.OfText)])) };

    /// <summary>
    /// Which of these kinds pass; null when that depends on the entities' fields.
    /// </summary>
    public EventKinds? SentOf(EventKinds kinds)
    {
        var sent = Unconditional & kinds;
        return (Kinds & kinds) == sent ? sent : null;
    }

    private static bool MatchesAll(ImmutableArray<FieldMatch> matches, IReadOnlyDictionary<string, MatchValue> fields)
    {
        foreach (var match in matches)
        {
            // An absent field is empty: GARM's JSON leaves empty values out.
            fields.TryGetValue(match.Field, out var value);
            if (!match.Values.Contains(value)) return false;
        }

        return true;
    }
}
