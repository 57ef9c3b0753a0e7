using Garm.Actors.Snapshots;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>
/// The snapshot of a feed: requests its place and then its rows, delivers them as there is room, and keeps retention from passing the
/// place until it is released.
/// </summary>
internal sealed class FeedSnapshot(IFeedSink sink, FeedFilter filter, FeedTurn turn)
{
    private SnapshotDelivery? _delivery;
    private string? _reason;
    private bool _isHeld;

    /// <summary>The place of the rows that are being delivered; null when there are none.</summary>
    public LogPlace? Place => _delivery?.Place;

    /// <summary>Begins anew; what was delivered of a former snapshot is void.</summary>
    /// <param name="reason">The error code of the cursor that caused it; null when the reader asked for it.</param>
    public void Begin(string? reason)
    {
        (_delivery, _reason) = (null, reason);
        Ask();
    }

    /// <summary>Takes an answer, or the message that there is room or that the retry is due.</summary>
    /// <returns>The snapshot when all of its rows are delivered; else null.</returns>
    public SnapshotDelivery? On(object message)
    {
        switch (message)
        {
            case SnapshotBegun begun when begun.Round == turn.Round:
                _isHeld = true;
                _delivery = new SnapshotDelivery(sink, filter.Current, begun.Place);
                turn.Do(new FeedAction.TellSnapshotBegin(_reason));
                return Deliver();
            case StatesRead read when read.Round == turn.Round:
                turn.Do(FeedAction.StopAsking);
                if (_delivery!.Take(read.Page)) return Deliver();
                Begin(EventErrorCodes.CursorUnknown); // The rows are from another copy of the database.
                break;
            case StatesFailed failed when failed.Round == turn.Round:
                turn.Do(FeedAction.AskLogLater);
                break;
            case FeedRetryDue:
                Ask();
                break;
            case FeedRoomMade room when room.Round == turn.Round:
                return Deliver();
        }

        return null;
    }

    /// <summary>Releases the hold on retention, if there is one.</summary>
    public void Release()
    {
        if (_isHeld) turn.Do(FeedAction.ReleaseSnapshot);
        _isHeld = false;
    }

    /// <summary>Requests the next part; repeats a request that was not answered.</summary>
    private void Ask()
    {
        var round = turn.NextRound();
        turn.Do(FeedAction.StopAsking); // Each request is answered, perhaps only after the table of an older database was filled.
        turn.Do(_delivery?.ToRead is { } next
            ? new FeedAction.ReadStates(next.Range, next.After, round)
            : new FeedAction.BeginSnapshot(round));
    }

    private SnapshotDelivery? Deliver()
    {
        if (!_delivery!.TryDeliver())
        {
            turn.Do(new FeedAction.AwaitRoom(turn.NextRound()));
            return null;
        }

        if (_delivery.ToRead is not null)
        {
            Ask();
            return null;
        }

        var complete = _delivery;
        _delivery = null;
        return complete;
    }
}
