using System.Collections.Immutable;
using Garm.Contracts.Events;

namespace Garm.Data.ChangeLog;

/// <summary>
/// A place in the change log. Positions start at 1 and are dense, and their order is the order of the commits: whoever
/// has read position n has missed nothing up to n.
/// </summary>
/// <param name="Value">The number; 0 is the place before the first change.</param>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    /// <summary>Before the first change.</summary>
    public static LogPosition Origin => default;

    /// <summary>The place of the change that follows.</summary>
    public LogPosition Next => new(Value + 1);

    /// <inheritdoc />
    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is or comes before <paramref name="right"/>.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is or comes after <paramref name="right"/>.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Names one history: made at random with the database, so that a cursor of another history is recognised.</summary>
/// <param name="Value">Sixteen lower-case hexadecimal digits.</param>
public readonly record struct LogEpoch(string Value)
{
    /// <summary>A new, random epoch.</summary>
    public static LogEpoch NewEpoch() =>
        new(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)));

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>One change of one entity, as the log holds it and every event carries it.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="EntityType">The entity's type.</param>
/// <param name="Operation">What happened.</param>
/// <param name="EntityId">The entity's key as text: a UUID, a number, or an endpoint's name.</param>
/// <param name="Payload">
/// UTF-8 JSON. For a creation and an update the entity as the REST API returns it, as of the commit. For a deletion what
/// GARM sends: the whole last state, or only what identifies the entity. Never a secret.
/// </param>
/// <param name="CommittedAt">When the transaction wrote its log rows, by the writing node's clock, UTC.</param>
public sealed record Change(
    LogPosition Position,
    EntityType EntityType,
    ChangeOperation Operation,
    string EntityId,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset CommittedAt)
{
    /// <summary>
    /// UTF-8 JSON: the plain fields (text, numbers, truth values) of an entity's last state, for a deletion whose payload
    /// leaves some of them out; empty otherwise. It is what filters compare with and is never sent. Like a payload it is
    /// made of the entity's view, and so holds no secret.
    /// </summary>
    public ReadOnlyMemory<byte> LastState { get; init; }

    /// <summary>
    /// UTF-8 JSON, for an update: the plain fields that differ, as they were before; <c>null</c> for one that was not there. Filters
    /// compare with it; it is never sent. Empty where it is not known: an older build wrote the change.
    /// </summary>
    public ReadOnlyMemory<byte> Before { get; init; }

    /// <summary>Where the entity is from: the name of a source, or empty for the hub itself.</summary>
    public string Source { get; init; } = "";

    /// <summary>Of the log up to the commit of this change, which counts for each place inside the commit too.</summary>
    public LogChain Chain { get; init; }

    /// <summary>Of the place just before this change.</summary>
    public LogChain ChainBefore { get; init; }

    /// <summary>What a filter's <c>match</c> compares with.</summary>
    public ReadOnlyMemory<byte> MatchedState => LastState.IsEmpty ? Payload : LastState;

    /// <summary>What a plain filter chooses by.</summary>
    public EventKind Kind => new(EntityType, Operation);
}

/// <summary>What one transaction changed: never empty, positions ascending and without a hole.</summary>
/// <param name="Epoch">The history it belongs to.</param>
/// <param name="CommitId">Names the commit; a retry of the same commit carries the same.</param>
/// <param name="Changes">The changes, in order.</param>
public sealed record ChangeBatch(LogEpoch Epoch, Guid CommitId, ImmutableArray<Change> Changes)
{
    /// <summary>The place of the first change.</summary>
    public LogPosition First => Changes[0].Position;

    /// <summary>The place of the last change.</summary>
    public LogPosition Last => Changes[^1].Position;

    /// <summary>The log's end after this commit.</summary>
    public LogHead End => new(Epoch, Last, Changes[^1].Chain);
}

/// <summary>Where the log ends; or another place in it.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Last">The place of the newest change; <see cref="LogPosition.Origin"/> when there is none.</param>
/// <param name="Chain">What is there up to the place: the same numbers in a copy that was written on are another place.</param>
public readonly record struct LogHead(LogEpoch Epoch, LogPosition Last, LogChain Chain = default);

/// <summary>What the log holds: everything after <paramref name="Earliest"/> up to <paramref name="Last"/>.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Earliest">
/// The earliest place to resume from: the one before the oldest change that retention has left. Equal to
/// <paramref name="Last"/> when the log is empty.
/// </param>
/// <param name="Last">The place of the newest change.</param>
public readonly record struct LogRange(LogEpoch Epoch, LogPosition Earliest, LogPosition Last)
{
    /// <summary>Of <see cref="Last"/>.</summary>
    public LogChain Chain { get; init; }

    /// <summary>Of <see cref="Earliest"/>.</summary>
    public LogChain EarliestChain { get; init; }

    /// <summary>Where it ends.</summary>
    public LogHead Head => new(Epoch, Last, Chain);

    /// <summary>Where it begins.</summary>
    public LogHead Start => new(Epoch, Earliest, EarliestChain);
}
