using Garm.Log;

namespace Garm.Data.Engines;

/// <summary>The rows that one transaction adds to the log, without their places.</summary>
/// <param name="CommitId">Names the transaction.</param>
/// <param name="CommittedAt">UTC, whole microseconds.</param>
/// <param name="Rows">In order; never empty.</param>
public sealed record LogAppend(Guid CommitId, DateTime CommittedAt, IReadOnlyList<LogRow> Rows)
{
    /// <summary>The command timeout in seconds; null for that of the connection string.</summary>
    public int? CommandTimeout { get; init; }

    /// <summary>The head's next chain is: its chain times 48,271, plus this, modulo 2^31 - 1.</summary>
    public long Link => LogChain.LinkOf(CommitId);
}

/// <summary>A log row without its position. An entity has at most one in a transaction.</summary>
/// <param name="EntityType">The wire name.</param>
/// <param name="Operation">The wire name.</param>
/// <param name="EntityId">The entity's key as text.</param>
/// <param name="Payload">JSON.</param>
/// <param name="LastState">JSON; null where the payload says it all.</param>
public sealed record LogRow(string EntityType, string Operation, string EntityId, string Payload, string? LastState)
{
    /// <summary>JSON; see <see cref="Change.Before"/>. Null where it is not known.</summary>
    public string? Before { get; init; }

    /// <summary>See <see cref="Change.Source"/>.</summary>
    public string Source { get; init; } = "";

    /// <summary>JSON: what the table of current states holds, where that is not the payload.</summary>
    public string? State { get; init; }

    /// <summary>The key of the entity's state.</summary>
    public string StateKey => StateKeys.Of(Source, EntityId);

    /// <summary>Whether the entity is gone.</summary>
    public bool IsDeletion => Operation == "delete";

    /// <summary>Whether the entity is new.</summary>
    public bool IsCreation => Operation == "create";
}

/// <summary>The positions that a commit got from the log's head.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Next">The position that follows the taken ones.</param>
/// <param name="Chain">The log's chain with this commit; see <see cref="LogChain"/>.</param>
public readonly record struct TakenPositions(string Epoch, long Next, long Chain);
