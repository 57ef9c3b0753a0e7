using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Tests.Feeds;

/// <summary>
/// A feed with a model of its environment: a log, a relay that lags behind it and has a small memory, a sink with little room, and
/// messages in transit. After each step it checks that nothing up to the feed's place was left out, doubled or out of order, and that
/// nothing was refused without a reason.
/// </summary>
internal sealed class FeedWorld : IFeedSink
{
    private const int Room = 4;
    private const int RelayRemembers = 6;
    private const int PageSize = 3;

    private static readonly EventKind[] Kinds = [Samples.PoolUpdate, Samples.InstanceCreate, Samples.PoolUpdate];

    private static readonly EventFilter[] Filters =
    [
        EventFilter.Of(EventKinds.All), EventFilter.Of(Samples.KindsOf(EntityType.Pool)), FilterOf(
            """{"filters":[{"entity-type":"instance"},{"entity-type":"pool","match":{"id":[1,2,3,5,8,13,21,34]}}]}"""),
    ];

    private readonly EventFeed _feed;

    // The changes of each history; the current one is the last.
    private readonly List<List<RelayedChange>> _histories = [[]];
    private readonly List<LogEpoch> _epochs = [Samples.Epoch];

    // The position up to which each history equals the one before it.
    private readonly List<long> _agreed = [0];
    private readonly Queue<object> _fromRelay = [];
    private readonly Queue<object> _fromLog = [];
    private long _earliestAsked;
    private long _pruned;
    private long _chain = 1;
    private long _relayed;
    private EventFilter? _subscribed;
    private bool _retryArmed;
    private long? _awaitsRoom;
    private int _inSink;
    private EventKinds _runKinds;

    // What the reader has received since it last named a beginning.
    private readonly List<RelayedChange> _taken = [];
    private readonly List<EventFilter> _filtersSince = [];
    private EventFilter? _filter;
    private string? _askedStart;
    private bool _beginsAnywhere;
    private bool _owesCaughtUp;
    private LogPlace? _checked;
    private long? _from;
    private LogEpoch _fromEpoch;
    private bool _mayGetOlder;

    public FeedWorld() => _feed = new EventFeed(this);

    public bool HasEnded { get; private set; }

    private List<RelayedChange> Log => _histories[^1];

    private LogPlace RelayHead => PlaceAt(_relayed);

    private LogRange Range => new(_epochs[^1], new LogPosition(_pruned), new LogPosition(Log.Count))
    {
        Chain = PlaceAt(Log.Count).Chain,
        EarliestChain = PlaceAt(_pruned).Chain,
    };

    public void Do(Step step)
    {
        if (HasEnded) return;
        var n = step.Number;
        switch (step.What)
        {
            case Happening.Commit:
                Log.Add(new RelayedChange(
                    Samples.Change(Log.Count + 1, Kinds[n % Kinds.Length]) with { ChainBefore = PlaceAt(Log.Count).Chain, Chain = new LogChain(++_chain) },
                    _epochs[^1]));
                break;
            case Happening.Relay:
                Relay(n + 1);
                break;
            case Happening.RelaySays when _fromRelay.TryDequeue(out var message):
                if (message is Subscribed subscribed && subscribed.Round == _feed.Round) _beginsAnywhere = false;
                Tell(message);
                break;
            case Happening.RelayIsNotHeard when _fromRelay.TryPeek(out var message) && message is Subscribed or Resumed or NotRecent:
                _fromRelay.Dequeue();
                break;
            case Happening.LogSays when _fromLog.TryDequeue(out var message):
                Tell(message is LogPage page && n % 2 == 1 ? new LogPageFailed(page.Round) : message);
                break;
            case Happening.Retry when _retryArmed:
                _retryArmed = false;
                Tell(new FeedRetryDue());
                break;
            case Happening.Read:
                Read(n + 1);
                break;
            case Happening.Open:
                Open();
                break;
            case Happening.AskFilter:
                Ask(Filters[n % Filters.Length], null);
                break;
            case Happening.AskStart:
                Ask(Filters[n % Filters.Length], CursorOf(n));
                break;
            case Happening.Prune:
                _pruned = Math.Min(_pruned + n, Log.Count);
                break;
            case Happening.Restore:
                Restore(n);
                break;
        }
    }

    /// <summary>Delivers all messages and lets the reader read until nothing is left; then the reader has everything.</summary>
    public void Settle()
    {
        Open();
        if (_filter is null || _feed.NeedsStart) Ask(Filters[0], "earliest");
        for (var i = 0; i < 300 && !HasEnded; i++)
        {
            Relay(int.MaxValue);
            Do(new Step(Happening.Read, 2));
            Do(new Step(_fromRelay.Count > 0 ? Happening.RelaySays : _fromLog.Count > 0 ? Happening.LogSays : Happening.Retry, 0));
            if (_feed.NeedsStart) Ask(null, "earliest");
        }

        if (HasEnded) return;
        Assert.Equal(FeedPhase.Live, _feed.Phase);
        Tell(new PlaceReached(_feed.Round, RelayHead)); // A change that the filter excludes does not move a live reader's place.
        Assert.Equal(PlaceAt(Log.Count).Position, _feed.Place?.Position);
        Assert.False(_owesCaughtUp);
    }

    public SinkRoom Take(RelayedChange change, FilterMove move, RelayedChanges? live)
    {
        if (_inSink >= Room) return SinkRoom.None;
        _inSink++;
        _taken.Add(change);
        return SinkRoom.More;
    }

    public bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> runs)
    {
        _runKinds = kinds;
        return live.TryGetShared(kinds, FrameForm.Plain, out runs);
    }

    public bool TryTake(JoinedFrames run, RelayedChanges live)
    {
        if (_inSink + run.Count > Room) return false;
        _inSink += run.Count;
        var changes = live.Changes.Where(x => _runKinds.Contains(x.Change.Kind) && x.Change.Position <= run.Last.Position);
        _taken.AddRange(changes.TakeLast(run.Count));
        return true;
    }

    public bool TryTake(EntityStateRow row) => throw new NotSupportedException("SnapshotWorld is for snapshots");

    private void Open()
    {
        if (_feed.IsOpen) return;
        if (_filter is not null && (_askedStart is not null || !_feed.NeedsStart)) BeginAnew();
        Tell(FeedOpened.Instance);
    }

    private void Ask(EventFilter? filter, string? cursor)
    {
        _filter = filter ?? _filter;
        if (_filter is not null) _filtersSince.Add(_filter);
        if (cursor is not null)
        {
            _feed.TellsCursors = true;
            _askedStart = cursor == "garbled" ? null : cursor;
        }

        if (_feed.IsOpen && (_askedStart is not null || (_feed.Phase == FeedPhase.Idle && !_feed.NeedsStart && cursor is null))) BeginAnew();
        Tell(new FeedAsk(filter, cursor), mayRefuse: cursor == "garbled");
    }

    private void BeginAnew()
    {
        _taken.Clear();
        _filtersSince.Clear();
        _filtersSince.Add(_filter!);
        _checked = null;
        _from = null;
        if (_askedStart is { } cursor && EventCursor.TryDecode(cursor, out var place)) (_from, _fromEpoch) = (place.Position.Value, place.Epoch);
        _owesCaughtUp = _askedStart is not null;
        _beginsAnywhere = _askedStart is null or "now";
        _askedStart = null;

        // A reader that begins with "now" may get changes that are already in transit.
        _mayGetOlder = _fromRelay.Any(x => x is RelayedChanges);
    }

    private string CursorOf(int n) => (n / Filters.Length % 4) switch
    {
        0 => "now",
        1 => "earliest",
        2 when _taken.Count > 0 => EventCursor.Encode(_taken[n % _taken.Count].Place),
        2 => "earliest",
        _ => "garbled",
    };

    private void Read(int count)
    {
        _inSink -= Math.Min(_inSink, count);
        if (_awaitsRoom is not { } round || _inSink > Room / 2) return;
        _awaitsRoom = null;
        Tell(new FeedRoomMade(round));
    }

    private void Relay(int count)
    {
        var changes = Log.Skip((int)_relayed).Take(count).ToImmutableArray();
        _relayed += changes.Length;
        if (_subscribed is not null && changes.Any(_subscribed.Matches)) _fromRelay.Enqueue(new RelayedChanges(changes));
    }

    // The relay notices at once, and knows up to where both histories agree.
    private void Restore(int older)
    {
        var last = Math.Max(_pruned, Log.Count - older - 1);
        var epoch = new LogEpoch((_epochs.Count + 1).ToString("x16", CultureInfo.InvariantCulture));
        var agreed = Math.Min(_relayed, last);
        _agreed.Add(agreed);
        _histories.Add([.. Log.Take((int)last).Select(x => new RelayedChange(x.Change, epoch))]);
        _epochs.Add(epoch);
        _relayed = agreed;
        if (_subscribed is not null) _fromRelay.Enqueue(new HistoryChanged(RelayHead));
    }

    private LogPlace PlaceAt(long position) => PlaceAt(_histories.Count - 1, position);

    private LogPlace PlaceAt(int history, long position) => new(
        _epochs[history], new LogPosition(position), position == 0 ? default : _histories[history][(int)position - 1].Change.Chain);

    private void Tell(object message, bool mayRefuse = false)
    {
        var place = _feed.Place;
        foreach (var action in _feed.On(message)) Perform(action, place, message, mayRefuse);
        Check();
    }

    private void Perform(FeedAction action, LogPlace? before, object cause, bool mayRefuse)
    {
        switch (action)
        {
            case FeedAction.Subscribe subscribe:
                _subscribed = subscribe.Filter;
                if (_beginsAnywhere) (_from, _fromEpoch, _mayGetOlder) = (_relayed, RelayHead.Epoch, true); // The last answered request counts.
                _fromRelay.Enqueue(new Subscribed(subscribe.Filter.Kinds, RelayHead.Position)
                {
                    Epoch = RelayHead.Epoch,
                    Chain = RelayHead.Chain,
                    Round = subscribe.Round,
                });
                break;
            case FeedAction.Resume resume:
                _fromRelay.Enqueue(BringOn(resume));
                break;
            case FeedAction.ReadPage read:
                var after = read.After?.Value ?? _pruned;
                if (read.After is null) _earliestAsked = _pruned;
                ImmutableArray<RelayedChange> changes = after < _pruned ? [] : [.. Log.Skip((int)after).Take(PageSize)];
                _fromLog.Enqueue(new LogPage(read.Round, Range, new LogPosition(after), changes));
                break;
            case FeedAction.AwaitRoom room:
                _awaitsRoom = room.Round;
                if (_inSink <= Room / 2) Read(0);
                break;
            case FeedAction.TellCaughtUp:
                Assert.True(_owesCaughtUp);
                _owesCaughtUp = false;
                break;
            case FeedAction.Refuse { Refusal: var refusal }:
                Assert.True(mayRefuse || HasReason(refusal, before, cause), $"{refusal.Code} without a reason, at {before}");
                _owesCaughtUp = false;
                _askedStart = null;
                BeginsNowhere();
                break;
            case FeedAction.End { Refusal: var refusal }:
                Assert.True(HasReason(refusal, before, cause), $"the end ({refusal.Code}) without a reason, at {before}");
                HasEnded = true;
                break;
            case FeedAction.Plain plain when plain == FeedAction.Unsubscribe:
                _subscribed = null;
                break;
            case FeedAction.Plain plain:
                _retryArmed = plain != FeedAction.StopAsking;
                break;
        }
    }

    private void BeginsNowhere()
    {
        _checked = null;
        _from = null;
        _taken.Clear();
    }

    private static bool HasReason(FeedRefusal refusal, LogPlace? place, object cause) => cause switch
    {
        HistoryChanged => true,
        LogPage page when refusal.Code == EventErrorCodes.CursorExpired => place is { } at && at.Position < page.Range.Earliest,
        LogPage page => place is { } at && (at.Epoch != page.Range.Epoch || at.Position > page.Range.Last),
        _ => false,
    };

    private object BringOn(FeedAction.Resume resume)
    {
        _subscribed = null;
        var (head, after) = (RelayHead, resume.After);
        if (after.Epoch != head.Epoch)
        {
            var agreed = Agreed(after.Epoch, head.Epoch);
            return new NotRecent(resume.Round) { PlaceNow = PlaceAt(Math.Min(agreed, after.Position.Value)) };
        }

        if (after.Position > head.Position && !resume.IsInLog) return new NotRecent(resume.Round);
        if (after.Position >= head.Position)
        {
            _subscribed = resume.Filter;
            return new Resumed(resume.Round, [], after, IsLive: true);
        }

        if (after.Position.Value < head.Position.Value - RelayRemembers) return new NotRecent(resume.Round);
        ImmutableArray<RelayedChange> changes =
            [.. Log.Take((int)_relayed).Skip((int)after.Position.Value).Take(PageSize)];
        var isLive = changes[^1].Place == head;
        if (isLive) _subscribed = resume.Filter;
        return new Resumed(resume.Round, changes, changes[^1].Place, isLive);
    }

    private long Agreed(LogEpoch one, LogEpoch later)
    {
        var (from, to) = (_epochs.IndexOf(one), _epochs.IndexOf(later));
        return _agreed.Skip(from + 1).Take(to - from).Min();
    }

    private void Check()
    {
        if (_feed.Place is not { } place) return;
        if (_from is null) (_from, _fromEpoch) = (_earliestAsked, place.Epoch);
        if (_epochs.IndexOf(_fromEpoch) > _epochs.IndexOf(place.Epoch)) return; // Changes that were in transit before it began.
        if (_fromEpoch != place.Epoch)
            (_from, _fromEpoch) = (Math.Min(_checked?.Position.Value ?? _from.Value, Agreed(_fromEpoch, place.Epoch)), place.Epoch);
        _checked = place;
        var history = _epochs.IndexOf(place.Epoch);
        var taken = _taken.Where(x => x.Epoch == place.Epoch).Select(x => x.Change.Position.Value).ToList();
        Assert.Equal(taken.Distinct().Order(), taken);

        // Changes that every filter since the beginning passes must be there, and none that no filter passes.
        var passed = _histories[history].Where(x => x.Change.Position <= place.Position && x.Change.Position.Value > _from);
        var wanted = passed.Where(x => _filtersSince.All(filter => filter.Matches(x))).Select(x => x.Change.Position.Value);
        if (!_beginsAnywhere) Assert.Empty(wanted.Except(taken)); // Otherwise the reader does not know yet where it begins.
        Assert.All(_taken, x => Assert.Contains(_filtersSince, filter => filter.Matches(x)));
        Assert.All(taken, x => Assert.True((_mayGetOlder || x > _from) && x <= place.Position.Value, $"{x} is not between {_from} and {place.Position}"));
    }

    private static EventFilter FilterOf(string json)
    {
        Assert.Equal(EventOptionsOutcome.Accepted, EventOptionsReader.Read(Encoding.UTF8.GetBytes(json), out var options));
        return EventFilter.Of(options!);
    }
}
