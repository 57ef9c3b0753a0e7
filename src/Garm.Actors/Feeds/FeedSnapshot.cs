using Garm.Actors.Changes;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>How far the delivery of a snapshot's rows is.</summary>
internal enum SnapshotProgress
{
    /// <summary>The sink has no room for all of the rows that were read.</summary>
    NoRoom,

    /// <summary>Further rows have to be read.</summary>
    Unread,

    /// <summary>All rows are delivered.</summary>
    Complete,
}

/// <summary>The snapshot of a feed: what is asked for next, and whether retention is held for it.</summary>
internal sealed class FeedSnapshot(IFeedSink sink, FeedFilter filter)
{
    private SnapshotDelivery? _delivery;
    private string? _reason;
    private bool _isHeld;

    /// <summary>Begins anew; what was delivered of a former snapshot is void.</summary>
    /// <param name="reason">The error code of the cursor that caused it; null when the reader asked for it.</param>
    public void Begin(string? reason) => (_delivery, _reason) = (null, reason);

    /// <summary>The question for what is missing: the place of the snapshot, or its next rows.</summary>
    public FeedAction Ask(long round) => _delivery?.ToRead is { } next
        ? new FeedAction.ReadStates(next.Range, next.After, round)
        : new FeedAction.BeginSnapshot(round);

    /// <summary>Takes the snapshot's place, from which on the log is held.</summary>
    public FeedAction Take(LogPlace place)
    {
        _isHeld = true;
        _delivery = new SnapshotDelivery(sink, filter.Current, place);
        return new FeedAction.TellSnapshotBegin(_reason);
    }

    /// <summary>Takes rows; false when they are of another copy of the database, and the snapshot is void.</summary>
    public bool Take(EntityStatePage page) => _delivery!.Take(page);

    /// <summary>Delivers the rows that were read.</summary>
    public SnapshotProgress Deliver() =>
        !_delivery!.TryDeliver() ? SnapshotProgress.NoRoom
        : _delivery.ToRead is null ? SnapshotProgress.Complete
        : SnapshotProgress.Unread;

    /// <summary>Ends a complete snapshot, and tells its place and count. The log stays held.</summary>
    public SnapshotDelivery End()
    {
        var complete = _delivery!;
        _delivery = null;
        return complete;
    }

    /// <summary>Whether the log was held; it is not any more.</summary>
    public bool Release()
    {
        var wasHeld = _isHeld;
        _isHeld = false;
        return wasHeld;
    }
}
