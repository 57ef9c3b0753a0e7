using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Telemetry;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Sessions;

// How a session comes from a place to the present: from the relay's memory where that reaches back far enough, else from
// the log, page by page; and how it steps back there when its client does not keep up.
public sealed partial class EventSessionActor
{
    // With the pause between two of them some 10 s: the relay looks at the log's head far more often.
    private const int MostStrangePages = 40;

    private SessionStart? _start;

    // Everything up to here that the filter lets through was queued. Null before the session has begun.
    private LogHead? _place;

    // Numbers the questions: an answer to an earlier one is of a filter or a place that does not count any more.
    private long _round;
    private bool _inLog;
    private bool _isClientsCursor;
    private bool _needsCursor;
    private bool _isParked;
    private int _emptyPages;
    private int _strangePages;

    private void CatchingUp(object message)
    {
        switch (message)
        {
            case Resumed resumed when resumed.Round == _round:
                OnResumed(resumed);
                break;
            case NotRecent { PlaceNow: { } place } notRecent when notRecent.Round == _round && !_cursor.IsOn:
                _place = place; // As a plain client that is live, it goes on in the history that there is now.
                GoOn();
                break;
            case NotRecent notRecent when notRecent.Round == _round:
                ReadLog();
                break;
            case LogPage page when page.Round == _round:
                OnPage(page);
                break;
            case LogPageFailed failed when failed.Round == _round:
                Timers.StartSingleTimer(RelayRetryKey, new RelayRetryDue(), options.LogRetry);
                break;
            case RelayRetryDue:
                GoOn();
                break;
            case ClientMessage client:
                if (!ReadOptions(client.Content)) break;
                if (_start is null) CatchUp(); // What is under way was not filtered: the new filter goes on with it.
                else Begin();
                break;
            case CursorMode.HeartbeatDue when _place is { } place:
                if (_cursor.IsHeartbeatDue()) _cursor.Heartbeat(place);
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Parked(object message)
    {
        switch (message)
        {
            case RoomMade room when room.Round == _round:
                CatchUp();
                break;
            case ClientMessage client:
                // A new filter waits for room like the one before; a new place is where to go instead.
                if (ReadOptions(client.Content) && _start is not null) Begin();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    /// <summary>Begins where the client asked to; without a place, with what is committed from now on.</summary>
    private void Begin()
    {
        var start = _start;
        _start = null;
        if (start is null)
        {
            SubscribeToRelay();
            return;
        }

        _cursor.OwesCaughtUp = true;
        _isClientsCursor = true;
        _inLog = false;
        if (ReferenceEquals(start, SessionStart.Now))
        {
            _place = null;
            SubscribeToRelay();
            return;
        }

        _place = start.Place;
        StopLive();
        CatchUp();
    }

    private void SubscribeToRelay()
    {
        _live = true;
        Become(Live);
        Unpark();
        ports.Relay.Tell(new Subscribe(Self, _filter.Current.Kinds) { Filter = _filter.Current, Round = ++_round });
        Timers.StartSingleTimer(RelayRetryKey, new RelayRetryDue(), options.SubscribeRetry);
    }

    private void OnSubscribed(LogHead head)
    {
        Timers.Cancel(RelayRetryKey);
        _filter.Promise();
        _isClientsCursor = false;
        Reach(head);
        _cursor.CaughtUp(head);
    }

    private void CatchUp()
    {
        _emptyPages = 0;
        _strangePages = 0;
        Become(CatchingUp);
        GoOn();
    }

    private void GoOn()
    {
        _round++;
        if (_place is not { } place)
        {
            ReadLog();
            return;
        }

        ports.Relay.Tell(new Resume(Self, _filter.Current, place, _inLog, _round));
        Timers.StartSingleTimer(RelayRetryKey, new RelayRetryDue(), options.SubscribeRetry);
    }

    private void ReadLog()
    {
        Timers.Cancel(RelayRetryKey); // The readers answer always, late when many ask.
        ports.LogPages.Tell(new ReadLogPage(_place?.Last, _round));
    }

    private void OnResumed(Resumed resumed)
    {
        Timers.Cancel(RelayRetryKey);
        _filter.Promise();
        _isClientsCursor = false;
        if (Take(resumed.Changes) is { } unsent)
        {
            Park(unsent);
            return;
        }

        Reach(resumed.UpTo);
        if (!resumed.IsLive)
        {
            GoOn();
            return;
        }

        _live = true;
        Become(Live);
        Unpark();
        _cursor.CaughtUp(resumed.UpTo);
    }

    private void OnPage(LogPage page)
    {
        var place = _place ?? page.Place;
        if (!page.MayFollow(place))
        {
            // Perhaps an older copy was restored, and the relay has not noticed yet; then it knows where to go on.
            if (!_cursor.IsOn && ++_strangePages < MostStrangePages)
            {
                Timers.StartSingleTimer(RelayRetryKey, new RelayRetryDue(), options.LogRetry);
                return;
            }

            FailPlace(EventErrorCodes.CursorUnknown, ControlFrame.Error(
                EventErrorCodes.CursorUnknown, "the cursor is of another history than the hub's log, or ahead of it; begin with \"earliest\" or \"now\""));
            return;
        }

        if (page.IsExpired)
        {
            var earliest = EventCursor.Encode(page.Range.Start);
            FailPlace(EventErrorCodes.CursorExpired, ControlFrame.CursorExpired(
                "what follows the cursor is no longer in the log; \"earliest\" is the earliest cursor that is", earliest));
            return;
        }

        _place = place;
        _inLog = true;
        _isClientsCursor = false;
        _filter.Promise();
        if (Take(page.Changes) is { } unsent)
        {
            Park(unsent);
            return;
        }

        // Nothing new in the log, and not in the relay's memory: the relay is about to get there.
        _emptyPages = page.Changes.IsEmpty ? _emptyPages + 1 : 0;
        if (_emptyPages < 2) GoOn();
        else Timers.StartSingleTimer(RelayRetryKey, new RelayRetryDue(), options.LogRetry);
    }

    /// <summary>Queues what the filter lets through; returns the first change for which there was no room.</summary>
    private RelayedChange? Take(ImmutableArray<RelayedChange> changes, RelayedChanges? live = null)
    {
        var sent = _sent;
        foreach (var change in changes)
        {
            if (IsBehind(change)) continue;
            if (_filter.Matches(change))
            {
                if (live is not null) outbound.Sample.Mark(live, outbound.Queued + 1);
                if (!outbound.TryEnqueue(_cursor.IsOn ? change.CursorFrame : change.PlainFrame)) return change;
                _sent++;
            }

            _place = change.Place;
        }

        if (_sent != sent) _cursor.Spoke();
        return null;
    }

    /// <summary>The same for what the relay sends. What many sessions take alike was put together for them.</summary>
    private RelayedChange? TakeLive(RelayedChanges live)
    {
        if (live.Changes.Length < 2 || IsBehind(live.Changes[0])) return Take(live.Changes, live);
        if (_filter.SentOf(live.Kinds) is not { } kinds || !live.TryGetRuns(kinds, _cursor.IsOn, out var runs))
            return Take(live.Changes, live);

        foreach (var run in runs)
        {
            outbound.Sample.Mark(live, outbound.Queued + run.Count);
            if (!outbound.TryEnqueue(run.Bytes, run.Count)) return Take(live.Changes, live); // As many as there is room for.
            _sent += run.Count;
            _place = run.Last;
            _cursor.Spoke();
        }

        _place = live.Changes[^1].Place;
        return null;
    }

    private bool IsBehind(RelayedChange change) =>
        _place is { } place && place.Epoch == change.Epoch && change.Change.Position <= place.Last;

    private void Reach(LogHead place)
    {
        if (_place is not { } before || before.Epoch != place.Epoch || before.Last < place.Last) _place = place;
    }

    // Whatever comes before the change was queued, or was not wanted.
    private void Park(RelayedChange unsent)
    {
        _place = unsent.PlaceBefore;
        _inLog = true;
        StopLive();
        Become(Parked);
        if (!_isParked) GarmTelemetry.SessionParked();
        _isParked = true;
        var (self, room) = (Self, new RoomMade(++_round));
        outbound.CallWhenRoom(() => self.Tell(room, ActorRefs.NoSender));
    }

    // Counted as parked until it is live again: it catches up because it was too slow.
    private void Unpark()
    {
        if (_isParked) GarmTelemetry.SessionUnparked();
        _isParked = false;
    }

    private void StopLive()
    {
        _live = false;
        Timers.Cancel(RelayRetryKey);
        ports.Relay.Tell(new Unsubscribe(Self));
    }

    private void OnHistoryChanged(LogHead head)
    {
        if (!_cursor.IsOn)
        {
            _place = head;
            return;
        }

        FailCursor(EventErrorCodes.CursorUnknown, ControlFrame.Error(
            EventErrorCodes.CursorUnknown, "the hub's database was replaced by another copy: cursors of before mean nothing any more; begin with \"earliest\" or \"now\""));
    }

    // A client that was too slow has lost its place to retention by that; one that came with a cursor has not.
    private void FailPlace(string code, byte[] frame)
    {
        if (!_cursor.IsOn || (code == EventErrorCodes.CursorExpired && !_isClientsCursor)) Close(SessionCloseReason.SlowConsumer);
        else FailCursor(code, frame);
    }

    private void FailCursor(string code, byte[] frame)
    {
        _log.Debug("Session {0} cannot go on from its place: {1}", id, code);
        _cursor.Say(frame);
        _cursor.OwesCaughtUp = false;
        _place = null;
        _start = null;
        _needsCursor = true;
        StopLive();
        _round++;
        if (_user.IsConfirmed) Become(AwaitingFilter);
    }

    private sealed record RoomMade(long Round) : IPrivateNote;
}
