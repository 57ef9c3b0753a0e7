using Akka.Actor;
using Akka.Hosting;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Snapshots;
using Garm.Log;
using Garm.WebConsole.Shell;

namespace Garm.WebConsole.Fleet;

/// <summary>
/// The node's copy of the fleet, which all pages share: it is kept while a page is open, and for a while after, since most pages are
/// left for another one.
/// </summary>
internal sealed class FleetService : IDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly ActorSystem _actors;
    private readonly Func<Task<FleetPorts>> _ports;
    private readonly FleetCopy _copy;
    private readonly PageTurns _turns;
    private readonly ITimer _end;
    private IActorRef? _actor;
    private int _readers;
    private long _version;

    /// <summary>Makes one that reads nothing yet.</summary>
    public FleetService(
        ActorSystem actors, IRequiredActor<ChangeRelayActor> relay, IRequiredActor<LogPagesActor> pages, IRequiredActor<SnapshotsActor> snapshots,
        IChangeLogReader log, PageTurns turns, TimeProvider time)
    {
        (_actors, _turns) = (actors, turns);
        _ports = async () => new FleetPorts(new FeedPorts(await relay.GetAsync(), await pages.GetAsync(), await snapshots.GetAsync()), log);
        _copy = new FleetCopy(time, () => Interlocked.Increment(ref _version));
        _end = time.CreateTimer(_ => EndIfUnread(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether changes come as they are committed.</summary>
    public bool IsLive => _copy.IsLive;

    /// <summary>The fleet now.</summary>
    public FleetSummary Summary => _copy.Summarise();

    /// <summary>The charts of its last hour, at most <see cref="FleetCharts.Period"/> old.</summary>
    public FleetCharts Charts => _copy.Draw();

    /// <summary>Runners, by name, and how many there are of them.</summary>
    public (IReadOnlyList<RunnerRow> Rows, int Count) FindRunners(Func<RunnerRow, bool> chosen, int most) => _copy.FindRunners(chosen, most);

    /// <summary>Jobs, the newest first, and how many there are of them.</summary>
    public (IReadOnlyList<JobRow> Rows, int Count) FindJobs(Func<JobRow, bool> chosen, int most) => _copy.FindJobs(chosen, most);

    /// <summary>A job; null when it is not kept.</summary>
    public JobRow? FindJob(FleetKey key) => _copy.FindJob(key);

    /// <summary>Has the copy be kept until the result is disposed.</summary>
    /// <param name="changed">Called in the page's turns (<see cref="PageTurns"/>) in which the fleet has changed.</param>
    public IDisposable Open(Action changed)
    {
        lock (_gate)
        {
            _readers++;
            _end.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_actor is null) _ = BeginAsync();
        }

        return new Reader(this, changed);
    }

    /// <inheritdoc />
    public void Dispose() => _end.Dispose();

    private async Task BeginAsync()
    {
        var ports = await _ports();
        lock (_gate)
        {
            if (_actor is not null || _readers == 0) return;
            _actor = _actors.ActorOf(FleetActor.Props(ports, _copy));
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            if (--_readers == 0) _end.Change(Linger, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndIfUnread()
    {
        lock (_gate)
        {
            if (_readers > 0) return;
            if (_actor is { } actor) _actors.Stop(actor);
            _actor = null;
        }
    }

    private sealed class Reader : IDisposable
    {
        private readonly FleetService _fleet;
        private readonly Action _changed;
        private readonly IDisposable _turn;
        private long _told;
        private int _isClosed;

        public Reader(FleetService fleet, Action changed)
        {
            (_fleet, _changed, _told) = (fleet, changed, Volatile.Read(ref fleet._version));
            _turn = fleet._turns.Join(OnTurn);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
            _turn.Dispose();
            _fleet.Close();
        }

        private void OnTurn()
        {
            var version = Volatile.Read(ref _fleet._version);
            if (version == _told) return;
            _told = version;
            _changed();
        }
    }
}
