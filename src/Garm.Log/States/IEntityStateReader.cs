using Garm.Contracts.Events;

namespace Garm.Log.States;

/// <summary>An entity as its last event showed it.</summary>
/// <param name="EntityType">Its type.</param>
/// <param name="Source">Where it is from; empty for the hub itself.</param>
/// <param name="Key">Where it stands among those of its type.</param>
/// <param name="Position">Of its last change.</param>
/// <param name="Created">Of its creation; <see cref="LogPosition.Origin"/> when that was before the states were kept.</param>
/// <param name="Payload">UTF-8 JSON: that change's payload.</param>
public sealed record EntityStateRow(
    EntityType EntityType, string Source, string Key, LogPosition Position, LogPosition Created, ReadOnlyMemory<byte> Payload);

/// <summary>A part of the states, in the order in which they are read.</summary>
/// <param name="EntityType">Of this type.</param>
/// <param name="Source">From here alone; null for everywhere.</param>
public readonly record struct StateRange(EntityType EntityType, string? Source);

/// <summary>Some rows of a range.</summary>
/// <param name="Rows">By key.</param>
/// <param name="IsLast">Whether nothing follows them in the range.</param>
/// <param name="Epoch">The log's history when they had been read.</param>
public sealed record EntityStatePage(IReadOnlyList<EntityStateRow> Rows, bool IsLast, LogEpoch Epoch);

/// <summary>Reads the entities' current states.</summary>
public interface IEntityStateReader
{
    /// <summary>The log's end, once the states have every change up to it.</summary>
    Task<LogPlace> ReadHeadAsync(CancellationToken cancellation);

    /// <summary>
    /// The rows of a range after a key: at most <paramref name="limit"/>, and fewer when their payloads come to more than
    /// <paramref name="bytes"/>; at least one if there is one. No transaction outlasts the call.
    /// </summary>
    /// <param name="range">Which.</param>
    /// <param name="after">The key of the last row that was read; empty for the beginning.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="bytes">Most bytes, but for a single row.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<EntityStatePage> ReadPageAsync(StateRange range, string after, int limit, int bytes, CancellationToken cancellation);
}
