using System.Collections.Immutable;
using Garm.Data.ChangeLog;

namespace Garm.Data.Writes;

/// <summary>A save came as far as its commit and then failed: the commit may be stored all the same.</summary>
/// <param name="drafts">The log rows of the commit.</param>
/// <param name="cause">How it failed.</param>
internal sealed class CommitUnansweredException(ImmutableArray<ChangeDraft> drafts, Exception cause)
    : Exception("the commit was not answered", cause)
{
    /// <summary>The log rows of the commit; the log tells by them which of several attempts it holds.</summary>
    public ImmutableArray<ChangeDraft> Drafts => drafts;
}
