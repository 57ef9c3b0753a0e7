using Garm.Log;

namespace Garm.Data.Engines;

/// <summary>The rows that one transaction adds to the log, without their positions.</summary>
/// <param name="CommitId">Identifies the transaction.</param>
/// <param name="CommittedAt">UTC, whole microseconds.</param>
/// <param name="Rows">In order; never empty.</param>
public sealed record LogAppend(Guid CommitId, DateTime CommittedAt, IReadOnlyList<LogRow> Rows)
{
    /// <summary>The command timeout in seconds; null for that of the connection string.</summary>
    public int? CommandTimeout { get; init; }

    /// <summary>The number in the formula of the head's next chain: (chain × 48,271 + this) modulo 2^31 - 1.</summary>
    public long Link => LogChain.LinkOf(CommitId);
}

/// <summary>A log row without its position. An entity has at most one in a transaction.</summary>
/// <param name="EntityType">The wire name.</param>
/// <param name="Operation">The wire name.</param>
/// <param name="EntityId">The entity's key as text.</param>
/// <param name="Payload">JSON.</param>
/// <param name="LastState">JSON; null when the payload has all fields.</param>
public sealed record LogRow(string EntityType, string Operation, string EntityId, string Payload, string? LastState)
{
    /// <summary>JSON; see <see cref="Change.Before"/>. Null when it is not known.</summary>
    public string? Before { get; init; }

    /// <summary>See <see cref="Change.Source"/>.</summary>
    public string Source { get; init; } = "";

    /// <summary>JSON: the content of the table of current states, if it differs from the payload.</summary>
    public string? State { get; init; }

    /// <summary>The key of the entity's state.</summary>
    public string StateKey => StateKeys.Of(Source, EntityId);

    /// <summary>Whether the entity was deleted.</summary>
    public bool IsDeletion => Operation == "delete";

    /// <summary>Whether the entity is new.</summary>
    public bool IsCreation => Operation == "create";
}

/// <summary>The positions that a commit got from the log's head.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Next">The position that follows the taken ones.</param>
/// <param name="Chain">The log's <see cref="LogChain"/> after this commit.</param>
public readonly record struct TakenPositions(string Epoch, long Next, long Chain);
