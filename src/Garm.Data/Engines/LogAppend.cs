using Garm.Log;

namespace Garm.Data.Engines;

/// <summary>The rows that one transaction adds to the log, without their places.</summary>
/// <param name="CommitId">Names the transaction.</param>
/// <param name="CommittedAt">UTC, whole microseconds.</param>
/// <param name="Rows">In order; never empty.</param>
public sealed record LogAppend(Guid CommitId, DateTime CommittedAt, IReadOnlyList<LogRow> Rows)
{
    /// <summary>How long it may take, in seconds; null for as long as the connection string says.</summary>
    public int? CommandTimeout { get; init; }

    /// <summary>The head's next chain is: its chain times 48,271, plus this, modulo 2^31 - 1.</summary>
    public long Link => LogChain.LinkOf(CommitId);
}

/// <summary>A log row without its position.</summary>
/// <param name="EntityType">The wire name.</param>
/// <param name="Operation">The wire name.</param>
/// <param name="EntityId">The entity's key as text.</param>
/// <param name="Payload">JSON.</param>
/// <param name="LastState">JSON; null where the payload says it all.</param>
public sealed record LogRow(string EntityType, string Operation, string EntityId, string Payload, string? LastState);

/// <summary>The positions that a commit got from the log's head.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Next">The position that follows the taken ones.</param>
/// <param name="Chain">The log's chain with this commit; see <see cref="LogChain"/>.</param>
public readonly record struct TakenPositions(string Epoch, long Next, long Chain);
