using System.Collections.Immutable;
using Akka.Actor;
using Garm.Actors;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Snapshots;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.WebConsole.Fleet;

/// <summary>
/// Keeps the node's copy of the fleet while a page is open: a snapshot, and then what changes, from an <see cref="EventFeed"/> like
/// every other reader. Beside it, it reads the last hour from the log once, page by page.
/// </summary>
internal sealed class FleetActor : UntypedActor, IWithTimers
{
    private const string FeedRetryKey = "feed-retry";
    private const string PastRetryKey = "past-retry";

    // Of the past's questions, which the feed does not know; its own rounds are positive.
    private const long PastRound = -1;

    // The hour is cut short where it has more changes: the pages of the log are read by everybody who catches up.
    private const long MostPast = 40_000;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly FleetPorts _ports;
    private readonly FleetCopy _copy;
    private readonly EventFeed _feed;
    private LogPosition _pastEnd;
    private LogPosition _pastAt;
    private bool _pastIsWhole;

    public FleetActor(FleetPorts ports, FleetCopy copy) =>
        (_ports, _copy, _feed) = (ports, copy, new EventFeed(new Sink(copy)) { TellsCursors = true });

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(FleetPorts ports, FleetCopy copy) => Akka.Actor.Props.Create(() => new FleetActor(ports, copy));

    // All kinds, for the number of events; the entities of other types are not kept.
    private static EventFilter Filter { get; } = EventFilter.Of(EventKinds.All);

    protected override void PreStart()
    {
        Context.WatchWith(_ports.Feed.Relay, new RelayLost());
        Feed(FeedOpened.Instance);
        Feed(new FeedAsk(Filter, "snapshot") { SnapshotOnExpired = true });
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LogPage { Round: PastRound } page:
                OnPast(page);
                break;
            case LogPageFailed { Round: PastRound }:
                Timers.StartSingleTimer(PastRetryKey, new PastDue(), Retry);
                break;
            case PastBegins begins:
                _pastIsWhole = begins.IsWhole;
                ReadPast(begins.After);
                break;
            case PastDue:
                ReadPast(_pastAt);
                break;
            case RelayLost:
                throw new InvalidOperationException("the relay ended"); // Supervision begins anew.
            default:
                Feed(message);
                break;
        }
    }

    private void Feed(object message)
    {
        var actions = _feed.On(message);
        for (var i = 0; i < actions.Count; i++) Do(actions[i]);
        _copy.IsLive = _feed.Phase == FeedPhase.Live;
    }

    private void Do(FeedAction action)
    {
        if (_ports.Feed.TrySend(action, Self)) return;
        switch (action)
        {
            case FeedAction.TellSnapshotBegin:
                _copy.BeginSnapshot();
                break;
            case FeedAction.TellSnapshotEnd end:
                _copy.EndSnapshot();
                BeginPast(end.Place.Position);
                break;
            case FeedAction.Plain plain when plain == FeedAction.StopAsking:
                Timers.Cancel(FeedRetryKey);
                break;
            case FeedAction.Plain:
                Timers.StartSingleTimer(FeedRetryKey, new FeedRetryDue(), Retry);
                break;
            case FeedAction.Refuse or FeedAction.End:
                throw new InvalidOperationException("the log's history changed"); // Supervision begins anew, with a snapshot.
        }
    }

    private void BeginPast(LogPosition end)
    {
        _pastEnd = end;
        var self = Self;
        _ = FindAsync();

        async Task FindAsync()
        {
            try
            {
                var (after, isWhole) = await PastBeginning.FindAsync(_ports.Log, _copy.HistoryBegin, end, MostPast, CancellationToken.None);
                self.Tell(new PastBegins(after, isWhole));
            }
            catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException)
            {
                self.Tell(new PastBegins(end, IsWhole: false)); // Without a past; what comes from now on is kept.
            }
        }
    }

    private void ReadPast(LogPosition after)
    {
        _pastAt = after;
        if (after >= _pastEnd) _copy.EndPast(_pastIsWhole);
        else _ports.Feed.LogPages.Tell(new ReadLogPage(after, PastRound));
    }

    private void OnPast(LogPage page)
    {
        var changes = page.Changes.Select(x => x.Change).Where(x => x.Position <= _pastEnd).ToList();
        _copy.AddPast(changes);
        if (changes.Count == 0 || changes[^1].Position >= _pastEnd) _copy.EndPast(_pastIsWhole);
        else ReadPast(changes[^1].Position);
    }

    private sealed class Sink(FleetCopy copy) : IFeedSink
    {
        public SinkRoom Take(RelayedChange change, FilterMove move, RelayedChanges? live)
        {
            copy.Take(change.Change);
            return SinkRoom.More;
        }

        public bool TryTake(EntityStateRow row)
        {
            copy.Take(row);
            return true;
        }

        public bool TryGetShared(RelayedChanges live, EventKinds kinds, out ImmutableArray<JoinedFrames> shared)
        {
            shared = [];
            return false;
        }

        public bool TryTake(JoinedFrames run, RelayedChanges live) => false;
    }

    private sealed record RelayLost : IPrivateMessage;

    private sealed record PastBegins(LogPosition After, bool IsWhole) : IPrivateMessage;

    private sealed record PastDue : IPrivateMessage;
}

/// <summary>What the node's copy of the fleet is read from.</summary>
internal sealed record FleetPorts(FeedPorts Feed, IChangeLogReader Log);
