using Garm.Data.Retries;
using Garm.Log;

namespace Garm.Data.Writes;

/// <summary>The parameters of a save besides the tracked entities.</summary>
/// <param name="CommitId">
/// Identifies the commit in the log, in which an id is unique. Ids are ordered by time (version 7), so the log's index grows at its end.
/// </param>
/// <param name="Rules">The rules that must hold at the commit.</param>
internal sealed record SaveRequest(Guid CommitId, CommitRules Rules)
{
    /// <summary>Commits the save together with others if it updates one row, within the time; null for none.</summary>
    public (SharedUpdates Updates, AttemptTime Time)? Shared { get; init; }

    /// <summary>A single save without rules.</summary>
    public static SaveRequest New() => new(Guid.CreateVersion7(), new CommitRules());
}

/// <summary>A save that is committed.</summary>
/// <param name="Rows">The number of rows that were written.</param>
/// <param name="Commit">The logged changes; null when nothing watched was changed.</param>
internal sealed record SaveOutcome(int Rows, ChangeBatch? Commit);
