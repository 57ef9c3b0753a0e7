using Garm.Actors.Changes;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>The relation of a page of the log to a feed that catches up.</summary>
internal enum PageVerdict
{
    /// <summary>It continues from the feed's place.</summary>
    Follows,

    /// <summary>It is of another history; this may be so only until the relay has switched epochs.</summary>
    Later,

    /// <summary>It is of another history.</summary>
    OtherHistory,

    /// <summary>Retention has removed what comes after the feed's place.</summary>
    Expired,
}

/// <summary>Checks the pages that a feed reads while it catches up.</summary>
internal sealed class FeedPages
{
    // With the pause after each, some 10 s. The relay reads the log's head far more often, so it has switched epochs by then.
    private const int MaxOfOtherHistory = 40;
    private int _empty;
    private int _ofOtherHistory;

    /// <summary>Whether the log twice had nothing new.</summary>
    public bool AreAtEnd => _empty >= 2;

    /// <summary>Begins to catch up.</summary>
    public void Begin() => (_empty, _ofOtherHistory) = (0, 0);

    /// <summary>Checks the next page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="place">The feed's place.</param>
    /// <param name="mayWait">Whether the reader uses no cursors, so that it need not notice an older copy of the database.</param>
    public PageVerdict Judge(LogPage page, LogPlace place, bool mayWait)
    {
        if (!page.MayFollow(place)) return mayWait && ++_ofOtherHistory < MaxOfOtherHistory ? PageVerdict.Later : PageVerdict.OtherHistory;
        if (page.IsExpired) return PageVerdict.Expired;
        _empty = page.Changes.IsEmpty ? _empty + 1 : 0;
        return PageVerdict.Follows;
    }
}
