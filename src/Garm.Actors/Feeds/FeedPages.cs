using Garm.Actors.Changes;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>What a page of the log means to a feed that catches up.</summary>
internal enum PageVerdict
{
    /// <summary>It continues from the feed's place.</summary>
    Follows,

    /// <summary>It is of another history, which may only be so until the relay has switched epochs.</summary>
    Later,

    /// <summary>It is of another history.</summary>
    OtherHistory,

    /// <summary>Retention has removed what comes after the feed's place.</summary>
    Expired,
}

/// <summary>Judges the pages that a feed reads while it catches up.</summary>
internal sealed class FeedPages
{
    // With the pause after each some 10 s. The relay, which reads the log's head far more often, has switched epochs by then.
    private const int MaxOfOtherHistory = 40;
    private int _empty;
    private int _ofOtherHistory;

    /// <summary>Whether the log twice had nothing new.</summary>
    public bool AreAtEnd => _empty >= 2;

    /// <summary>Begins to catch up.</summary>
    public void Begin() => (_empty, _ofOtherHistory) = (0, 0);

    /// <summary>Judges the next page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="place">Where the feed stands.</param>
    /// <param name="mayWait">Whether the reader knows no cursors, so that an older copy of the database may go unnoticed.</param>
    public PageVerdict Judge(LogPage page, LogPlace place, bool mayWait)
    {
        if (!page.MayFollow(place)) return mayWait && ++_ofOtherHistory < MaxOfOtherHistory ? PageVerdict.Later : PageVerdict.OtherHistory;
        if (page.IsExpired) return PageVerdict.Expired;
        _empty = page.Changes.IsEmpty ? _empty + 1 : 0;
        return PageVerdict.Follows;
    }
}
