using System.Collections.Immutable;

namespace Garm.Log;

/// <summary>The changes of one transaction: never empty, with consecutive positions.</summary>
/// <param name="Epoch">The history it belongs to.</param>
/// <param name="CommitId">Identifies the commit; all attempts of one write have the same.</param>
/// <param name="Changes">The changes, in order.</param>
public sealed record ChangeBatch(LogEpoch Epoch, Guid CommitId, ImmutableArray<Change> Changes)
{
    /// <summary>The place of the first change.</summary>
    public LogPosition First => Changes[0].Position;

    /// <summary>The place of the last change.</summary>
    public LogPosition Last => Changes[^1].Position;

    /// <summary>The log's end after this commit.</summary>
    public LogPlace End => new(Epoch, Last, Changes[^1].Chain);
}
