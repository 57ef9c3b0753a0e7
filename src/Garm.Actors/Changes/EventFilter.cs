using System.Collections.Immutable;
using Garm.Contracts.Events;

namespace Garm.Actors.Changes;

/// <summary>
/// What a session sends. Several filters of one message mean <em>any</em>: a change is sent, once, when at least one of
/// them names its type and operation and finds all its fields. A later message replaces the filter as a whole and never
/// adds to it.
/// <para>
/// A plain filter looks at the type and the operation only, which no later change alters. One with <c>match</c> looks at
/// the state that the change left behind, or the last one before a deletion: an entity may move into and out of it.
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
    /// The filter of a session whose client has not sent one: nothing is sent. It is not the same as a filter that lets
    /// nothing of interest through, and a client cannot return to it: messages that ask for nothing are ignored.
    /// </summary>
    public static EventFilter NotYet { get; } = new(EventKinds.None, []);

    /// <summary>The kinds of change that may be sent.</summary>
    public EventKinds Kinds { get; }

    /// <summary>The kinds that are sent whatever the entity's fields are.</summary>
    public EventKinds Unconditional { get; }

    /// <summary>Filters that look at fields too.</summary>
    public ImmutableArray<EntityEventFilter> Conditional { get; }

    /// <summary>Whether the client has sent a filter.</summary>
    public bool IsSet => !Kinds.IsEmpty;

    /// <summary>The filter that a client's accepted message asks for.</summary>
    public static EventFilter Of(EventOptions options)
    {
        if (options.SendEverything) return Of(EventKinds.All);
        var unconditional = options.Filters.Where(x => x.Match.IsEmpty).Aggregate(EventKinds.None, (kinds, x) => kinds | x.Kinds);
        return new EventFilter(unconditional, [.. options.Filters.Where(x => !x.Match.IsEmpty)]);
    }

    /// <summary>Everything of these kinds.</summary>
    public static EventFilter Of(EventKinds kinds) => new(kinds, []);

    /// <summary>Whether the change is to be sent.</summary>
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
    /// Which changes of these kinds are sent, by their kind alone; null when it depends on the entities' fields.
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
            // A field that is not there compares as null: GARM leaves null out of its JSON.
            fields.TryGetValue(match.Field, out var value);
            if (!match.Values.Contains(value)) return false;
        }

        return true;
    }
}
