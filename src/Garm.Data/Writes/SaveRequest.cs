using Garm.Log;

namespace Garm.Data.Writes;

/// <summary>What a save needs to know besides the tracked entities.</summary>
/// <param name="CommitId">
/// Names the commit in the log, which takes an id only once. Ids are made by time (version 7), so that the log's index grows at its end.
/// </param>
/// <param name="Rules">The rules that must hold at the commit.</param>
internal sealed record SaveRequest(Guid CommitId, CommitRules Rules)
{
    /// <summary>A save of its own, without rules.</summary>
    public static SaveRequest New() => new(Guid.CreateVersion7(), new CommitRules());
}

/// <summary>A save that is committed.</summary>
/// <param name="Rows">The number of rows that were written.</param>
/// <param name="Commit">What was logged; null when nothing watched was changed.</param>
internal sealed record SaveOutcome(int Rows, ChangeBatch? Commit);
