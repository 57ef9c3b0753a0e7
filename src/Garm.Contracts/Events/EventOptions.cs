using System.Collections.Immutable;

namespace Garm.Contracts.Events;

/// <summary>A client's message to the event socket. Each message replaces the filter of the former one.</summary>
/// <param name="SendEverything">Sends every event, without regard to <paramref name="Filters"/>.</param>
/// <param name="Filters">An event is sent when any of these matches it.</param>
public sealed record EventOptions(bool SendEverything, ImmutableArray<EntityEventFilter> Filters)
{
    /// <summary>An empty message.</summary>
    public static EventOptions Nothing { get; } = new(false, []);

    /// <summary>
    /// Where to begin: <c>now</c>, <c>earliest</c>, <c>snapshot</c> (the current entities first) or a cursor. Null: plain
    /// GARM frames.
    /// </summary>
    public string? Cursor { get; init; }

    /// <summary>Whether an expired or unknown cursor begins a snapshot instead of an error (<c>"on-expired":"snapshot"</c>).</summary>
    public bool SnapshotOnExpired { get; init; }

    /// <summary>
    /// With <see cref="SendEverything"/>: only events of these sources (<see cref="SourceNames"/>); empty for all sources.
    /// </summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The pause before a heartbeat of a session with a cursor, in seconds; 0 for no heartbeats, null to keep the current one.</summary>
    public int? HeartbeatSeconds { get; init; }

    /// <summary>A new token for the open connection; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Whether it has a filter.</summary>
    public bool HasFilter => SendEverything || !Filters.IsEmpty;

    /// <summary>The kinds of event that match these options.</summary>
    public EventKinds Kinds => SendEverything
        ? EventKinds.All
        : Filters.Aggregate(EventKinds.None, (kinds, filter) => kinds | filter.Kinds);
}

/// <summary>Selects events of one entity type.</summary>
/// <param name="EntityType">The type.</param>
/// <param name="Operations">The operations; empty for all.</param>
public sealed record EntityEventFilter(EntityType EntityType, ImmutableArray<ChangeOperation> Operations)
{
    /// <summary>Required values of fields of the payload, all of them; empty for any entity of the type.</summary>
    public ImmutableArray<FieldMatch> Match { get; init; } = [];

    /// <summary>The sources of the entity (<see cref="SourceNames"/>); empty for all.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The kinds of event that match this filter.</summary>
    public EventKinds Kinds => (Operations.IsDefaultOrEmpty ? ChangeOperations.All : Operations.AsEnumerable())
        .Aggregate(EventKinds.None, (kinds, operation) => kinds.With(new EventKind(EntityType, operation)));
}

/// <summary>The result of reading a client's message.</summary>
public enum EventOptionsOutcome
{
    /// <summary>It replaces the filter.</summary>
    Accepted,

    /// <summary>It selects nothing (<c>{}</c>, <c>null</c>, an empty list): the filter stays as it is.</summary>
    Ignored,

    /// <summary>It is not JSON, not an object, or a value has the wrong type. GARM says <c>failed to unmarshal filter</c>.</summary>
    Malformed,

    /// <summary>An entity type or an operation that does not exist. GARM says <c>invalid filter</c>.</summary>
    Invalid,

    /// <summary>More filters than one message may have.</summary>
    TooMany,
}
