using System.Collections.Immutable;
using Garm.Data.ChangeLog;

namespace Garm.Data.Writes;

/// <summary>A save failed at its commit, so the commit may nevertheless be stored.</summary>
/// <param name="drafts">The log rows of the commit.</param>
/// <param name="cause">The failure.</param>
internal sealed class CommitUnansweredException(ImmutableArray<ChangeDraft> drafts, Exception cause)
    : Exception("the commit was not answered", cause)
{
    /// <summary>The log rows of the commit; they show which of several attempts the log holds.</summary>
    public ImmutableArray<ChangeDraft> Drafts => drafts;
}
