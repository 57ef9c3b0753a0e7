using System.Collections.Immutable;
using Garm.Contracts.Events;

namespace Garm.Actors.Changes;

/// <summary>
/// The filter of an event session. A change passes when at least one clause of the client's message has its type and operation and
/// matches all of its fields. A later message replaces the whole filter.
/// <para>
/// A clause with <c>match</c> compares fields of the entity after the change, or before it for a deletion, so that an entity may begin
/// and cease to match.
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
    public static EventFilter Of(EventOptions options)
    {
        if (options.SendEverything) return Of(EventKinds.All);
        var unconditional = options.Filters.Where(x => x.Match.IsEmpty).Aggregate(EventKinds.None, (kinds, x) => kinds | x.Kinds);
        return new EventFilter(unconditional, [.. options.Filters.Where(x => !x.Match.IsEmpty)]);
    }

    /// <summary>A filter that lets all changes of these kinds pass.</summary>
    public static EventFilter Of(EventKinds kinds) => new(kinds, []);

    /// <summary>Whether the change passes.</summary>
    public bool Matches(RelayedChange change)
    {
        var kind = change.Change.Kind;
        if (Unconditional.Contains(kind)) return true;
        if (!Kinds.Contains(kind)) return false;
        foreach (var filter in Conditional)
        {
            if (filter.Kinds.Contains(kind) && MatchesAll(filter.Match, change.Fields)) return true;
        }

        return false;
    }

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
            // An absent field is null: GARM's JSON leaves null out.
            fields.TryGetValue(match.Field, out var value);
            if (!match.Values.Contains(value)) return false;
        }

        return true;
    }
}
