using Garm.Contracts.Events;

namespace Garm.Log.States;

/// <summary>An entity as its last event showed it.</summary>
/// <param name="EntityType">Its type.</param>
/// <param name="Source">The name of its source; empty for the hub itself.</param>
/// <param name="Key">Its sort key among the entities of its type.</param>
/// <param name="Position">The position of its last change.</param>
/// <param name="Created">The position of its creation; <see cref="LogPosition.Origin"/> when it was created before the states were kept.</param>
/// <param name="Payload">UTF-8 JSON: the payload of the last change.</param>
public sealed record EntityStateRow(
    EntityType EntityType, string Source, string Key, LogPosition Position, LogPosition Created, ReadOnlyMemory<byte> Payload);

/// <summary>A range of the states, which is read in the order of the keys.</summary>
/// <param name="EntityType">The type of its entities.</param>
/// <param name="Source">Their source; null for all sources.</param>
public readonly record struct StateRange(EntityType EntityType, string? Source);

/// <summary>A page of a range.</summary>
/// <param name="Rows">The rows, by key.</param>
/// <param name="IsLast">Whether it is the last page of the range.</param>
/// <param name="Epoch">The log's epoch after the rows were read.</param>
public sealed record EntityStatePage(IReadOnlyList<EntityStateRow> Rows, bool IsLast, LogEpoch Epoch);

/// <summary>Reads the entities' current states.</summary>
public interface IEntityStateReader
{
    /// <summary>The log's end; returns when the states contain every change up to it.</summary>
    Task<LogPlace> ReadHeadAsync(CancellationToken cancellation);

    /// <summary>
    /// The rows of a range after a key: at most <paramref name="limit"/>, and fewer when their payloads exceed
    /// <paramref name="bytes"/>; at least one if there is one. No transaction outlasts the call.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="after">The key of the last row that was read; empty for the beginning.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="bytes">The maximum number of bytes; a single row may exceed it.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<EntityStatePage> ReadPageAsync(StateRange range, string after, int limit, int bytes, CancellationToken cancellation);
}
