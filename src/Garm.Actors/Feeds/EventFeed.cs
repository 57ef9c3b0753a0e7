using System.Collections.Immutable;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Feeds;

/// <summary>
/// Brings one reader from a place in the log to the present, and keeps him there: each change that his filter lets through,
/// once, in order. It takes messages, hands changes to its sink, and says what is to be done next; it sends nothing and has
/// no clock. Sockets and the history are fed by it.
/// </summary>
/// <param name="sink">Where the changes go.</param>
internal sealed class EventFeed(IFeedSink sink)
{
    //  Idle ──begin with what comes──► Live ──no room──► FellBehind
    //    └──begin at a place──► CatchingUp ◄──there is room──┘
    //                            │    └──no room──► FellBehind
    //                            └──nothing is left; subscribed in the same step──► Live
    //
    // A place that cannot be gone on from leads to Idle from everywhere, and the reader says where to begin; or to the end.

    // With the pause between two of them some 10 s: the relay looks at the log's head far more often.
    private const int MaxStrangePages = 40;

    private List<FeedAction>? _actions;
    private FeedStart? _start;
    private bool _isOpen;
    private bool _owesCaughtUp;

    // Whether the log was seen to reach the place: then it may be ahead of the relay.
    private bool _isInLog;

    // Whether the place is as the reader gave it, and nothing was found after it yet.
    private bool _isReadersPlace;
    private int _emptyPages;
    private int _strangePages;

    /// <summary>Where it stands.</summary>
    public FeedPhase Phase { get; private set; }

    /// <summary>Everything up to here that the filter lets through was handed on. Null before it has begun.</summary>
    public LogPlace? Place { get; private set; }

    /// <summary>Numbers the questions: an answer to an earlier one is of a filter or a place that does not count any more.</summary>
    public long Round { get; private set; }

    /// <summary>What the reader wants.</summary>
    public FeedFilter Filter { get; } = new();

    /// <summary>Whether the reader knows his place, and is to be told when it means nothing any more.</summary>
    public bool TellsCursors { get; set; }

    /// <summary>Whether the reader has to say where to begin before he gets anything more.</summary>
    public bool NeedsStart { get; private set; }

    /// <summary>Whether it may begin.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Takes a message of the reader, the relay, the log or a timer.</summary>
    /// <returns>What is to be done, in this order; most often nothing.</returns>
    public IReadOnlyList<FeedAction> On(object message)
    {
        switch (message)
        {
            case RelayedChanges live when Phase == FeedPhase.Live:
                if (!TakeRuns(live) && !Take(live.Changes, live)) FallBehind();
                break;
            case FeedOpened:
                _isOpen = true;
                BeginIfAsked();
                break;
            case FeedAsk ask:
                OnAsk(ask);
                break;
            case Subscribed subscribed when IsCurrent(FeedPhase.Live, subscribed.Round):
                OnSubscribed(new LogPlace(subscribed.Epoch, subscribed.After, subscribed.Chain));
                break;
            case PlaceReached reached when IsCurrent(FeedPhase.Live, reached.Round):
                Reach(reached.Place);
                Do(new FeedAction.TellPlace(reached.Place));
                break;
            case HistoryChanged changed when Phase == FeedPhase.Live:
                if (TellsCursors) Refuse(FeedRefusal.OtherCopy);
                else Place = changed.Head;
                break;
            case Resumed resumed when IsCurrent(FeedPhase.CatchingUp, resumed.Round):
                OnResumed(resumed);
                break;
            case NotRecent { PlaceNow: { } place } there when IsCurrent(FeedPhase.CatchingUp, there.Round) && !TellsCursors:
                Place = place; // As one that is live, it goes on in the history that there is now.
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
        }

        var actions = _actions;
        _actions = null;
        return actions ?? (IReadOnlyList<FeedAction>)[];
    }

    private bool IsCurrent(FeedPhase phase, long round) => Phase == phase && Round == round;

    private void Do(FeedAction action) => (_actions ??= []).Add(action);

    // ---- beginning

    private void OnAsk(FeedAsk ask)
    {
        if (ask.Filter is not null) Filter.Replace(ask.Filter);
        if (ask.Cursor is not null)
        {
            _start = FeedStart.Read(ask.Cursor);
            if (_start is null)
            {
                Refuse(FeedRefusal.NoCursor);
                return;
            }

            NeedsStart = false; // Also while it is not open, and begins only later.
        }

        if (_isOpen) BeginIfAsked();
    }

    private void BeginIfAsked()
    {
        if (!Filter.IsSet || NeedsStart) return;
        var start = _start;
        _start = null;
        if (start is not null) BeginAt(start);
        else if (Phase == FeedPhase.CatchingUp) CatchUp(); // What is under way was not filtered: the new filter goes on with it.
        else if (Phase != FeedPhase.FellBehind) Subscribe(); // There the new filter waits for room like the one before.
    }

    private void BeginAt(FeedStart start)
    {
        _owesCaughtUp = true;
        _isReadersPlace = true;
        _isInLog = false;
        Place = (start as FeedStart.After)?.Place;
        if (start is FeedStart.Now)
        {
            Subscribe();
            return;
        }

        StopLive();
        CatchUp();
    }

    // ---- live

    private void Subscribe()
    {
        Phase = FeedPhase.Live;
        Do(new FeedAction.Subscribe(Filter.Current, ++Round));
        Do(FeedAction.AskRelayLater);
    }

    private void OnSubscribed(LogPlace head)
    {
        Do(FeedAction.StopAsking);
        FoundPlace();
        Reach(head);
        TellCaughtUp(head);
    }

    private void TellCaughtUp(LogPlace place)
    {
        if (_owesCaughtUp) Do(new FeedAction.TellCaughtUp(place));
        _owesCaughtUp = false;
    }

    private void Reach(LogPlace place)
    {
        if (Place is not { } before || before.Epoch != place.Epoch || before.Position < place.Position) Place = place;
    }

    private void StopLive()
    {
        Do(FeedAction.StopAsking);
        Do(FeedAction.Unsubscribe);
    }

    // ---- catching up

    private void CatchUp()
    {
        _emptyPages = 0;
        _strangePages = 0;
        Phase = FeedPhase.CatchingUp;
        GoOn();
    }

    private void GoOn()
    {
        Round++;
        if (Place is not { } place)
        {
            ReadLog();
            return;
        }

        Do(new FeedAction.Resume(Filter.Current, place, _isInLog, Round));
        Do(FeedAction.AskRelayLater);
    }

    private void ReadLog()
    {
        Do(FeedAction.StopAsking); // The readers answer always, late when many ask.
        Do(new FeedAction.ReadPage(Place?.Position, Round));
    }

    private void OnResumed(Resumed resumed)
    {
        Do(FeedAction.StopAsking);
        FoundPlace();
        if (!Take(resumed.Changes))
        {
            FallBehind();
            return;
        }

        Reach(resumed.UpTo);
        if (!resumed.IsLive)
        {
            GoOn();
            return;
        }

        Phase = FeedPhase.Live;
        TellCaughtUp(resumed.UpTo);
    }

    private void OnPage(LogPage page)
    {
        var place = Place ?? page.Place;
        if (!page.MayFollow(place))
        {
            // Perhaps an older copy was restored, and the relay has not noticed yet; then it knows where to go on.
            if (!TellsCursors && ++_strangePages < MaxStrangePages) Do(FeedAction.AskLogLater);
            else if (TellsCursors) Refuse(FeedRefusal.OtherHistory);
            else Do(new FeedAction.End(FeedRefusal.OtherHistory));
            return;
        }

        if (page.IsExpired)
        {
            // A reader that was too slow has lost his place to retention by that; one that came with a cursor has not.
            var refusal = FeedRefusal.Expired(page.Range.Start);
            if (TellsCursors && _isReadersPlace) Refuse(refusal);
            else Do(new FeedAction.End(refusal));
            return;
        }

        Place = place;
        _isInLog = true;
        FoundPlace();
        if (!Take(page.Changes))
        {
            FallBehind();
            return;
        }

        // Nothing new in the log, and not in the relay's memory: the relay is about to get there.
        _emptyPages = page.Changes.IsEmpty ? _emptyPages + 1 : 0;
        if (_emptyPages < 2) GoOn();
        else Do(FeedAction.AskLogLater);
    }

    private void FoundPlace()
    {
        Filter.Promise();
        _isReadersPlace = false;
    }

    // ---- handing on

    /// <summary>
    /// What many readers take alike was put together for them. False when it is to be taken one by one, as many as there is room
    /// for.
    /// </summary>
    private bool TakeRuns(RelayedChanges live)
    {
        if (live.Changes.Length < 2 || IsBehind(live.Changes[0])) return false;
        if (Filter.SentOf(live.Kinds) is not { } kinds || !sink.TryGetRuns(live, kinds, out var runs)) return false;
        foreach (var run in runs)
        {
            if (!sink.TryTake(run, live)) return false;
            Place = run.Last;
        }

        Place = live.Changes[^1].Place;
        return true;
    }

    /// <summary>Hands on what the filter lets through; false when there is no room for all of it.</summary>
    private bool Take(ImmutableArray<RelayedChange> changes, RelayedChanges? live = null)
    {
        foreach (var change in changes)
        {
            if (IsBehind(change)) continue;
            var room = Filter.Matches(change) ? sink.Take(change, live) : SinkRoom.More;
            Place = room == SinkRoom.None ? change.PlaceBefore : change.Place;
            if (room != SinkRoom.More) return false;
        }

        return true;
    }

    private bool IsBehind(RelayedChange change) =>
        Place is { } place && place.Epoch == change.Epoch && change.Change.Position <= place.Position;

    // Whatever comes before the place was handed on, or was not wanted.
    private void FallBehind()
    {
        _isInLog = true;
        Phase = FeedPhase.FellBehind;
        StopLive();
        Do(new FeedAction.AwaitRoom(++Round));
    }

    // ---- a place that cannot be gone on from

    private void Refuse(FeedRefusal refusal)
    {
        Do(new FeedAction.Refuse(refusal));
        Phase = FeedPhase.Idle;
        Place = null;
        NeedsStart = true;
        _owesCaughtUp = false;
        _start = null;
        StopLive();
        Round++;
    }
}
