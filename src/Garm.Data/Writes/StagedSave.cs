using System.Collections.Immutable;
using System.Diagnostics;
using Garm.Data.ChangeLog;
using Garm.Log;

namespace Garm.Data.Writes;

/// <summary>A save whose rows and log rows are written, in a transaction that is not committed yet.</summary>
/// <param name="Rows">The number of rows that were written.</param>
/// <param name="Batch">The logged changes; null when nothing watched was changed.</param>
/// <param name="Drafts">The log rows.</param>
/// <param name="Span">The span of the commit, which is not over yet; null when no traces are exported.</param>
internal sealed record StagedSave(int Rows, ChangeBatch? Batch, ImmutableArray<ChangeDraft> Drafts, Activity? Span)
{
    /// <summary>There was nothing to save.</summary>
    public static readonly StagedSave Nothing = new(0, null, [], null);
}
