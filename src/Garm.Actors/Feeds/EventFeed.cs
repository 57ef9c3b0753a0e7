using Garm.Actors.Changes;
using Garm.Actors.Snapshots;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>
/// Delivers the changes of the log to one reader from a place on: it catches up with the present and then goes live. Each change
/// that passes the filter is delivered once, in order. This is a state machine without I/O and clock: <see cref="On"/> takes a
/// message, delivers changes to the sink, and returns what the caller has to do.
/// </summary>
internal sealed class EventFeed
{
    //  Idle ──begin with the next commit──► Live ──no room──► FellBehind
    //    └──begin at a place──► CatchingUp ◄──there is room──┘
    //                            │    └──no room──► FellBehind
    //                            └──nothing is left; subscribed in the same step──► Live
    //  Snapshotting ──all rows delivered──► CatchingUp
    //
    // From every phase, a place that the log cannot continue from leads to Idle, until the reader names another one; or, where
    // the reader knows no cursors, to the end. A reader that wants a snapshot then goes to Snapshotting instead.

    private readonly FeedDelivery _delivery;
    private readonly FeedSnapshot _snapshot;
    private readonly FeedTurn _turn = new();
    private readonly FeedPages _pages = new();
    private bool _snapshotOnExpired;
    private FeedStart? _start;
    private bool _owesCaughtUp;

    // No place before this one counts as caught up: a snapshot left out rows that changes up to here show.
    private LogPosition _completeAt;

    // Whether the log is known to reach the place. The relay may not be there yet.
    private bool _isInLog;

    // Whether the place is still the one of the reader's cursor.
    private bool _isReadersPlace;

    /// <summary>Makes one that waits for <see cref="FeedOpened"/> and a filter.</summary>
    /// <param name="sink">Where the changes go.</param>
    public EventFeed(IFeedSink sink) => (_delivery, _snapshot) = (new FeedDelivery(sink, Filter), new FeedSnapshot(sink, Filter, _turn));

    /// <summary>The phase; transitions are drawn in the code.</summary>
    public FeedPhase Phase { get; private set; }

    /// <summary>Every change up to here that passes the filter was delivered. Null before the feed has begun.</summary>
    public LogPlace? Place => _delivery.Place;

    /// <summary>The place of the snapshot that is being delivered; null when there is none.</summary>
    public LogPlace? SnapshotPlace => _snapshot.Place;

    /// <summary>The number of the current question. Answers with an earlier number are for a former filter or place.</summary>
    public long Round => _turn.Round;

    /// <summary>The reader's filter.</summary>
    public FeedFilter Filter { get; } = new();

    /// <summary>Whether the reader uses cursors, and so has to be told when its cursor is void.</summary>
    public bool TellsCursors { get; set; }

    /// <summary>Whether the reader gets nothing more until it says where to begin.</summary>
    public bool NeedsStart { get; private set; }

    /// <summary>Whether the feed may begin.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Takes a message of the reader, the relay, the log or a timer.</summary>
    /// <returns>What the caller has to do, in this order; usually nothing.</returns>
    public IReadOnlyList<FeedAction> On(object message)
    {
        switch (message)
        {
            case RelayedChanges live when Phase == FeedPhase.Live:
                if (!_delivery.TryDeliver(live)) FallBehind();
                break;
            case FeedOpened:
                IsOpen = true;
                BeginIfAsked();
                break;
            case FeedAsk ask:
                OnAsk(ask);
                break;
            case Subscribed subscribed when IsCurrent(FeedPhase.Live, subscribed.Round):
                OnSubscribed(new LogPlace(subscribed.Epoch, subscribed.After, subscribed.Chain));
                break;
            case PlaceReached reached when IsCurrent(FeedPhase.Live, reached.Round):
                _delivery.Reach(reached.Place);
                Do(new FeedAction.TellPlace(reached.Place));
                break;
            case HistoryChanged changed when Phase == FeedPhase.Live:
                if (TellsCursors) Refuse(FeedRefusal.OtherCopy);
                else _delivery.Place = changed.Head;
                break;
            case Resumed resumed when IsCurrent(FeedPhase.CatchingUp, resumed.Round):
                OnResumed(resumed);
                break;
            case NotRecent { PlaceNow: { } place } there when IsCurrent(FeedPhase.CatchingUp, there.Round) && !TellsCursors:
                _delivery.Place = place; // The epoch has switched; without cursors the reader need not know.
                GoOn();
                break;
            case NotRecent notRecent when IsCurrent(FeedPhase.CatchingUp, notRecent.Round):
                ReadLog();
                break;
            case LogPage page when IsCurrent(FeedPhase.CatchingUp, page.Round):
                OnPage(page);
                break;
            case LogPageFailed failed when IsCurrent(FeedPhase.CatchingUp, failed.Round):
                Do(FeedAction.AskLogLater);
                break;
            case FeedRetryDue when Phase == FeedPhase.Live:
                Subscribe();
                break;
            case FeedRetryDue when Phase == FeedPhase.CatchingUp:
                GoOn();
                break;
            case FeedRoomMade room when IsCurrent(FeedPhase.FellBehind, room.Round):
                CatchUp();
                break;
            case var answer when Phase == FeedPhase.Snapshotting:
                OnSnapshot(_snapshot.On(answer));
                break;
        }

        return _turn.Take();
    }

    private bool IsCurrent(FeedPhase phase, long round) => Phase == phase && Round == round;

    private void Do(FeedAction action) => _turn.Do(action);

    // ---- beginning

    private void OnAsk(FeedAsk ask)
    {
        if (ask.Filter is not null) Filter.Replace(ask.Filter);
        if (ask.Cursor is not null)
        {
            _snapshotOnExpired = ask.SnapshotOnExpired;
            _start = FeedStart.Read(ask.Cursor) ?? (_snapshotOnExpired ? new FeedStart.Snapshot(FeedRefusal.NoCursor.Code) : null);
            if (_start is null)
            {
                Refuse(FeedRefusal.NoCursor);
                return;
            }

            NeedsStart = false; // Even before the feed is open.
        }

        if (IsOpen) BeginIfAsked();
    }

    private void BeginIfAsked()
    {
        if (!Filter.IsSet || NeedsStart) return;
        var start = _start;
        _start = null;
        if (start is not null) BeginAt(start);
        else if (Phase == FeedPhase.Snapshotting) BeginSnapshot(null); // Its rows were chosen by the former filter.
        else if (Phase == FeedPhase.CatchingUp) CatchUp(); // Pages are not filtered, so the new filter continues from the place.
        else if (Phase != FeedPhase.FellBehind) Subscribe(); // Otherwise the new filter waits for room, as the former did.
    }

    private void BeginAt(FeedStart start)
    {
        _owesCaughtUp = true;
        _isReadersPlace = true;
        _isInLog = false;
        _completeAt = LogPosition.Origin;
        _delivery.Place = (start as FeedStart.After)?.Place;
        if (start is FeedStart.Now)
        {
            Subscribe();
            return;
        }

        StopLive();
        if (start is FeedStart.Snapshot snapshot) BeginSnapshot(snapshot.Reason);
        else CatchUp();
    }

    // ---- snapshot

    private void BeginSnapshot(string? reason)
    {
        Phase = FeedPhase.Snapshotting;
        _completeAt = LogPosition.Origin;
        _delivery.Place = null;
        _owesCaughtUp = true;
        _snapshot.Begin(reason);
    }

    private void OnSnapshot(SnapshotDelivery? complete)
    {
        if (complete is null) return;
        Do(new FeedAction.TellSnapshotEnd(complete.Place, complete.Count));
        _completeAt = complete.CompleteAt;
        _delivery.Place = complete.Place;
        _isInLog = true;
        FoundPlace();
        CatchUp();
    }

    // ---- live

    private void Subscribe()
    {
        Phase = FeedPhase.Live;
        Do(new FeedAction.Subscribe(Filter.Current, _turn.NextRound()));
        Do(FeedAction.AskRelayLater);
    }

    private void OnSubscribed(LogPlace head)
    {
        Do(FeedAction.StopAsking);
        FoundPlace();
        _delivery.Reach(head);
        TellCaughtUp(head);
    }

    private void TellCaughtUp(LogPlace place)
    {
        _snapshot.Release();
        if (_owesCaughtUp) Do(new FeedAction.TellCaughtUp(place));
        _owesCaughtUp = false;
    }

    private void StopLive()
    {
        Do(FeedAction.StopAsking);
        Do(FeedAction.Unsubscribe);
    }

    // ---- catching up

    private void CatchUp()
    {
        _pages.Begin();
        Phase = FeedPhase.CatchingUp;
        GoOn();
    }

    private void GoOn()
    {
        _turn.NextRound();
        if (Place is { } place) AskRelay(place);
        else ReadLog();
    }

    private void AskRelay(LogPlace place)
    {
        Do(new FeedAction.Resume(Filter.Current, place, _isInLog, Round));
        Do(FeedAction.AskRelayLater);
    }

    private void ReadLog()
    {
        Do(FeedAction.StopAsking); // A page is always answered, so no retry is needed; the answer may take long.
        Do(new FeedAction.ReadPage(Place?.Position, Round));
    }

    private void OnResumed(Resumed resumed)
    {
        Do(FeedAction.StopAsking);
        FoundPlace();
        if (!_delivery.TryDeliver(resumed.Changes))
        {
            FallBehind();
            return;
        }

        _delivery.Reach(resumed.UpTo);
        if (!resumed.IsLive)
        {
            GoOn();
        }
        else if (resumed.UpTo.Position < _completeAt)
        {
            Do(FeedAction.AskLogLater); // What the relay sends meanwhile is in its memory then.
        }
        else
        {
            Phase = FeedPhase.Live;
            TellCaughtUp(resumed.UpTo);
        }
    }

    private void OnPage(LogPage page)
    {
        var place = Place ?? page.Place;
        switch (_pages.Judge(page, place, mayWait: !TellsCursors))
        {
            case PageVerdict.Later:
                Do(FeedAction.AskLogLater);
                return;
            case PageVerdict.OtherHistory:
                StopAt(FeedRefusal.OtherHistory, TellsCursors);
                return;
            case PageVerdict.Expired:
                // A reader that began with an old cursor may choose another start; one that was too slow is ended.
                StopAt(FeedRefusal.Expired(page.Range.Start), TellsCursors && (_isReadersPlace || _snapshotOnExpired));
                return;
        }

        _delivery.Place = place;
        _isInLog = true;
        FoundPlace();
        if (!_delivery.TryDeliver(page.Changes)) FallBehind();
        else if (_pages.AreAtEnd) Do(FeedAction.AskLogLater); // The relay, not that far either, is about to get there.
        else GoOn();
    }

    private void FoundPlace()
    {
        Filter.Confirm();
        _isReadersPlace = false;
    }

    // ---- fell behind

    private void FallBehind()
    {
        _isInLog = true;
        Phase = FeedPhase.FellBehind;
        StopLive();
        Do(new FeedAction.AwaitRoom(_turn.NextRound()));
    }

    // ---- a place that the log cannot continue from

    private void StopAt(FeedRefusal refusal, bool readerMayBeginAnew)
    {
        if (readerMayBeginAnew) Refuse(refusal);
        else Do(new FeedAction.End(refusal));
    }

    private void Refuse(FeedRefusal refusal)
    {
        if (_snapshotOnExpired)
        {
            StopLive();
            BeginSnapshot(refusal.Code);
            return;
        }

        _snapshot.Release();
        Do(new FeedAction.Refuse(refusal));
        Phase = FeedPhase.Idle;
        _delivery.Place = null;
        NeedsStart = true;
        _owesCaughtUp = false;
        _start = null;
        StopLive();
        _turn.NextRound();
    }
}
