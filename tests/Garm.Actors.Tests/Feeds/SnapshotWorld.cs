using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Snapshots;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Tests.Feeds;

/// <summary>The kinds of steps while a reader maintains a copy.</summary>
internal enum CopyEvent
{
    /// <summary>Another node creates, changes or deletes the entity that the number determines.</summary>
    Write,

    /// <summary>The relay receives this number of further changes.</summary>
    Relay,

    /// <summary>The next answer of relay, log or states arrives; for an odd number that of the states is a failure.</summary>
    Answer,

    /// <summary>The timer fires, if it is armed.</summary>
    Retry,

    /// <summary>The reader takes this number of frames.</summary>
    Read,

    /// <summary>Retention deletes what no snapshot holds.</summary>
    Prune,

    /// <summary>The connection is lost, and the reader reconnects for a new snapshot.</summary>
    ComeBack,
}

/// <summary>
/// A feed whose reader maintains a copy by a snapshot and the events after it, with concurrent writers, a relay that lags, pages of two
/// rows and a sink with little room.
/// </summary>
internal sealed class SnapshotWorld(string filter, bool hasUpdates) : IFeedSink
{
    private const int Room = 3;

    private readonly EventFilter _filter = FilterOf(filter);
    private readonly List<RelayedChange> _log = [];
    private readonly SortedDictionary<string, EntityStateRow> _states = new(StringComparer.Ordinal);
    private readonly Queue<object> _answers = [];

    // The reader's copy: the last state of each entity, and the entities that it has seen in this snapshot.
    private readonly Dictionary<string, string> _copy = [];
    private readonly HashSet<string> _rows = [];
    private EventFeed _feed = null!;
    private EventFilter? _subscribed;
    private long _relayed;
    private long _pruned;
    private long? _held;
    private long? _awaitsRoom;
    private int _inSink;
    private int _version;
    private bool _retryArmed;

    public bool IsCaughtUp { get; private set; }

    private LogPlace Head => PlaceAt(_log.Count);

    public SnapshotWorld Begin()
    {
        _feed = new EventFeed(this) { TellsCursors = true };
        _subscribed = null;
        _held = null;
        _awaitsRoom = null;
        _inSink = 0;
        _answers.Clear();
        IsCaughtUp = _retryArmed = false;
        Tell(FeedOpened.Instance);
        Tell(new FeedAsk(_filter, "snapshot") { SnapshotOnExpired = true });
        return this;
    }

    public void Do(CopyEvent what, int number)
    {
        switch (what)
        {
            case CopyEvent.Write:
                Write($"/{number % 6}/", number);
                break;
            case CopyEvent.Relay:
                Relay(number + 1);
                break;
            case CopyEvent.Answer when _answers.TryDequeue(out var answer):
                Tell(number % 2 == 1 && answer is StatesRead read ? new StatesFailed(read.Round) : answer);
                break;
            case CopyEvent.Retry when _retryArmed:
                _retryArmed = false;
                Tell(new FeedRetryDue());
                break;
            case CopyEvent.Read:
                Read(number + 1);
                break;
            case CopyEvent.Prune:
                _pruned = Math.Max(_pruned, Math.Min(_relayed, _held ?? _relayed));
                break;
            case CopyEvent.ComeBack:
                Begin();
                break;
        }
    }

    /// <summary>Delivers all messages; then the copy equals the database.</summary>
    public void Settle()
    {
        for (var i = 0; i < 400; i++)
        {
            Relay(int.MaxValue);
            Do(CopyEvent.Read, 2);
            Do(_answers.Count > 0 ? CopyEvent.Answer : CopyEvent.Retry, 0);
        }

        Assert.True(IsCaughtUp);
        Assert.Equal(FeedPhase.Live, _feed.Phase);
        AssertCopy();
    }

    public SinkRoom Take(RelayedChange change, FilterMove move, RelayedChanges? live)
    {
        if (_inSink >= Room) return SinkRoom.None;
        _inSink++;
        var key = $"/{change.Change.EntityId}/";
        if (change.Change.Operation == ChangeOperation.Delete || move == FilterMove.Left) _copy.Remove(key);
        else _copy[key] = TextOf(change.Change.Payload);
        return SinkRoom.More;
    }

    public bool TryTake(EntityStateRow row)
    {
        if (_inSink >= Room) return false;
        _inSink++;
        Assert.True(_rows.Add(row.Key), $"{row.Key} came twice");
        _copy[row.Key] = TextOf(row.Payload);
        return true;
    }

    public bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared)
    {
        shared = [];
        return false;
    }

    public bool TryTake(JoinedFrames run, RelayedChanges live) => false;

    private void AssertCopy()
    {
        var wanted = _states.Values.Where(x => _filter.HasRow(x, Head)).ToDictionary(x => x.Key, x => TextOf(x.Payload));
        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), _copy.Keys.Order(StringComparer.Ordinal));
        if (hasUpdates) Assert.Equal(wanted.OrderBy(x => x.Key), _copy.OrderBy(x => x.Key));
    }

    private void Write(string key, int number)
    {
        var flavor = number % 3 == 0 ? "a" : "b";
        var payload = JsonSerializer.SerializeToUtf8Bytes(new { id = key.Trim('/'), flavor, version = ++_version });
        var before = _states.GetValueOrDefault(key);
        var operation = before is null ? ChangeOperation.Create : number % 4 == 3 ? ChangeOperation.Delete : ChangeOperation.Update;
        var change = new Change(new LogPosition(_log.Count + 1), EntityType.Pool, operation, key.Trim('/'), payload, DateTimeOffset.UnixEpoch)
        {
            // A deletion shows the last state.
            LastState = operation == ChangeOperation.Delete ? before!.Payload : default,
            Before = operation == ChangeOperation.Update ? before!.Payload : default,
            Chain = new LogChain(_log.Count + 1),
            ChainBefore = new LogChain(_log.Count),
        };
        _log.Add(new RelayedChange(change, Samples.Epoch));
        if (operation == ChangeOperation.Delete) _states.Remove(key);
        else _states[key] = new EntityStateRow(EntityType.Pool, "", key, change.Position, before?.Created ?? change.Position, payload);
    }

    private void Relay(int count)
    {
        var changes = _log.Skip((int)_relayed).Take(count).ToImmutableArray();
        _relayed += changes.Length;
        if (_subscribed is not null && changes.Any(_subscribed.Matches)) _answers.Enqueue(new RelayedChanges(changes));
    }

    private void Read(int count)
    {
        _inSink -= Math.Min(_inSink, count);
        if (_awaitsRoom is not { } round || _inSink > Room / 2) return;
        _awaitsRoom = null;
        Tell(new FeedRoomMade(round));
    }

    private void Tell(object message)
    {
        foreach (var action in _feed.On(message)) Perform(action);
    }

    private void Perform(FeedAction action)
    {
        switch (action)
        {
            case FeedAction.BeginSnapshot begin:
                _held = _log.Count;
                _answers.Enqueue(new SnapshotBegun(begin.Round, Head));
                break;
            case FeedAction.ReadStates read:
                var rows = _states.Values
                    .Where(x => x.EntityType == read.Range.EntityType && string.CompareOrdinal(x.Key, read.After) > 0).ToList();
                _answers.Enqueue(new StatesRead(read.Round, new EntityStatePage([.. rows.Take(2)], rows.Count <= 2, Samples.Epoch)));
                break;
            case FeedAction.TellSnapshotBegin:
                _rows.Clear();
                _copy.Clear();
                break;
            case FeedAction.TellSnapshotEnd end:
                Assert.Equal(_rows.Count, end.Count);
                break;
            case FeedAction.TellCaughtUp caughtUp:
                IsCaughtUp = true;
                AssertCompleteAt(caughtUp.Place.Position.Value);
                break;
            case FeedAction.Subscribe subscribe:
                _subscribed = subscribe.Filter;
                _answers.Enqueue(new Subscribed(subscribe.Filter.Kinds, new LogPosition(_relayed))
                {
                    Epoch = Samples.Epoch,
                    Chain = new LogChain(_relayed),
                    Round = subscribe.Round,
                });
                break;
            case FeedAction.Resume resume:
                _answers.Enqueue(BringOn(resume));
                break;
            case FeedAction.ReadPage read:
                var after = read.After?.Value ?? _pruned;
                ImmutableArray<RelayedChange> changes = after < _pruned ? [] : [.. _log.Skip((int)after).Take(3)];
                var range = new LogRange(Samples.Epoch, new LogPosition(_pruned), new LogPosition(_log.Count))
                {
                    Chain = Head.Chain,
                    EarliestChain = new LogChain(_pruned),
                };
                _answers.Enqueue(new LogPage(read.Round, range, new LogPosition(after), changes));
                break;
            case FeedAction.AwaitRoom room:
                _awaitsRoom = room.Round;
                if (_inSink <= Room / 2) Read(0);
                break;
            case FeedAction.Plain plain when plain == FeedAction.ReleaseSnapshot:
                _held = null;
                break;
            case FeedAction.Plain plain when plain == FeedAction.Unsubscribe:
                _subscribed = null;
                break;
            case FeedAction.Plain plain:
                _retryArmed = plain != FeedAction.StopAsking;
                break;
            default:
                Assert.Fail($"{action} without a reason");
                break;
        }
    }

    // A reader that now removes what the snapshot did not confirm must not remove an entity whose event is still in transit.
    private void AssertCompleteAt(long place)
    {
        var left = _states.Values.Where(x => x.Position.Value <= place && _filter.HasRow(x, PlaceAt(place))).Select(x => x.Key);
        var newer = _states.Values.Where(x => x.Position.Value > place).Select(x => x.Key);
        Assert.Empty(left.Except(_copy.Keys).Except(newer));
    }

    private object BringOn(FeedAction.Resume resume)
    {
        _subscribed = null;
        var after = resume.After.Position.Value;
        if (after < _relayed - 4 || (after > _relayed && !resume.IsInLog)) return new NotRecent(resume.Round);
        ImmutableArray<RelayedChange> changes = after >= _relayed ? [] : [.. _log.Take((int)_relayed).Skip((int)after).Take(3)];
        var upTo = Math.Max(after, changes.IsEmpty ? after : changes[^1].Change.Position.Value);
        var isLive = upTo >= _relayed;
        if (isLive) _subscribed = resume.Filter;
        return new Resumed(resume.Round, changes, PlaceAt(upTo), isLive);
    }

    private static LogPlace PlaceAt(long position) => new(Samples.Epoch, new LogPosition(position), new LogChain(position));

    private static string TextOf(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static EventFilter FilterOf(string json)
    {
        Assert.Equal(EventOptionsOutcome.Accepted, EventOptionsReader.Read(Encoding.UTF8.GetBytes(json), out var options));
        return EventFilter.Of(options!);
    }
}
