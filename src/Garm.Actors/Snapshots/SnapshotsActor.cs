using Akka.Actor;
using Akka.Event;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Snapshots;

/// <summary>
/// Reads the current states for sessions that get a snapshot, and keeps retention from removing the changes after it. Reads are
/// single-flight: sessions that reconnect together share places and pages. The number of reads at once is bounded; further ones wait.
/// </summary>
internal sealed class SnapshotsActor(IEntityStateReader reader, ISnapshotHolds holds, SnapshotOptions options) : UntypedActor, IWithTimers
{
    private const string HoldKey = "hold";
    private const int HoldPeriods = 6;

    // The scheduler's resolution: shorter pauses are added up. A read that waited for the database gives no reason for a long one.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();

    // The key null is the request for the place of a new snapshot.
    private readonly Queue<Read?> _waiting = [];
    private readonly Dictionary<Read, List<(IActorRef Asker, long Round)>> _askers = [];
    private readonly List<(IActorRef Asker, long Round)> _beginners = [];

    // The place from which each session still needs the log, and the one that was last stored in the database.
    private readonly Dictionary<IActorRef, LogPosition> _needed = [];
    private LogPosition? _held;
    private int _reading;
    private TimeSpan _owedPause;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    public static Props Props(IEntityStateReader reader, ISnapshotHolds holds, SnapshotOptions options) =>
        Akka.Actor.Props.Create(() => new SnapshotsActor(reader, holds, options));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(HoldKey, new HoldDue(), options.HoldPeriod);

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BeginSnapshot begin:
                if (_beginners.Count == 0) _waiting.Enqueue(null);
                _beginners.Add((Sender, begin.Round));
                StartReads();
                break;
            case ReadStates read:
                Enqueue(new Read(read.Range, read.After), read.Round);
                StartReads();
                break;
            case PlaceRead found:
                _held = found.Held;
                OnPlace(found.Place);
                ReadNext();
                break;
            case PageRead page:
                foreach (var (asker, round) in TakeAskers(page.Read)) asker.Tell(new StatesRead(round, page.Page));
                if (!Pauses(page.Took)) ReadNext();
                break;
            case PauseOver:
                ReadNext();
                break;
            case ReadFailed failed:
                OnFailed(failed);
                ReadNext();
                break;
            case EndSnapshot:
                Forget(Sender);
                break;
            case Terminated stopped:
                Forget(stopped.ActorRef);
                break;
            case HoldDue:
                RenewHold();
                break;
            case HoldFailed failed:
                _log.Warning(failed.Cause, "The hold on retention for the snapshots in progress cannot be renewed; retention may delete changes that they need");
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnPlace(LogPlace place)
    {
        foreach (var (asker, round) in _beginners)
        {
            // A session that begins again needs only the changes after its new snapshot.
            if (!_needed.ContainsKey(asker)) Context.Watch(asker);
            _needed[asker] = place.Position;
            asker.Tell(new SnapshotBegun(round, place));
        }

        _beginners.Clear();
    }

    private void OnFailed(ReadFailed failed)
    {
        _log.Warning(failed.Cause, "The current states cannot be read");
        var askers = failed.Read is { } read ? TakeAskers(read) : [.. _beginners];
        if (failed.Read is null) _beginners.Clear();
        foreach (var (asker, round) in askers) asker.Tell(new StatesFailed(round));
    }

    private void Enqueue(Read read, long round)
    {
        if (!_askers.TryGetValue(read, out var askers))
        {
            _askers[read] = askers = [];
            _waiting.Enqueue(read);
        }

        askers.Add((Sender, round));
    }

    private List<(IActorRef Asker, long Round)> TakeAskers(Read read)
    {
        _askers.Remove(read, out var askers);
        return askers ?? [];
    }

    /// <summary>Pauses instead of the next read, when the reads before it have taken long enough.</summary>
    private bool Pauses(TimeSpan took)
    {
        // The clock may be set back meanwhile.
        if (took > TimeSpan.Zero) _owedPause += took * options.PauseRatio;
        if (_owedPause < ShortestPause) return false;
        Timers.StartSingleTimer(new object(), new PauseOver(), _owedPause < LongestPause ? _owedPause : LongestPause);
        _owedPause = TimeSpan.Zero;
        return true;
    }

    private void ReadNext()
    {
        _reading--;
        StartReads();
    }

    private void StartReads()
    {
        while (_reading < options.Readers && _waiting.TryDequeue(out var next))
        {
            _reading++;
            if (next is { } read)
                ReadPageAsync(read, Context.System.Scheduler).PipeTo(Self, failure: cause => new ReadFailed(read, cause));
            else
                ReadPlaceAsync(_held).PipeTo(Self, failure: cause => new ReadFailed(null, cause));
        }
    }

    private async Task<PageRead> ReadPageAsync(Read read, ITimeProvider clock)
    {
        var begun = clock.Now;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        cancellation.CancelAfter(options.ReadTimeout);
        var page = await reader.ReadPageAsync(read.Range, read.After, options.PageRows, options.PageBytes, cancellation.Token)
            .ConfigureAwait(false);
        return new PageRead(read, page, clock.Now - begun);
    }

    // Held before any read, so that the changes after the place still exist when the rows have been sent.
    private async Task<PlaceRead> ReadPlaceAsync(LogPosition? held)
    {
        var place = await reader.ReadHeadAsync(_stopping.Token).ConfigureAwait(false);
        if (held is { } lower && lower <= place.Position) return new PlaceRead(place, lower);
        await holds.HoldAsync(place.Position, options.HoldPeriod * HoldPeriods, _stopping.Token).ConfigureAwait(false);
        return new PlaceRead(place, place.Position);
    }

    private void Forget(IActorRef session)
    {
        if (_needed.Remove(session)) Context.Unwatch(session);
    }

    private void RenewHold()
    {
        LogPosition? lowest = _needed.Count == 0 ? null : _needed.Values.Min();
        if (lowest is null && (_held is null || _beginners.Count > 0)) return;
        _held = lowest;
        var self = Self;
        (lowest is { } place
            ? holds.HoldAsync(place, options.HoldPeriod * HoldPeriods, _stopping.Token)
            : holds.ReleaseAsync(_stopping.Token)).ContinueWith(
                x => self.Tell(new HoldFailed(x.Exception!.GetBaseException())),
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private sealed record Read(StateRange Range, string After);

    private sealed record HoldDue : IPrivateMessage;

    private sealed record HoldFailed(Exception Cause) : IPrivateMessage;

    private sealed record PlaceRead(LogPlace Place, LogPosition Held) : IPrivateMessage;

    private sealed record PageRead(Read Read, EntityStatePage Page, TimeSpan Took) : IPrivateMessage;

    private sealed record PauseOver : IPrivateMessage;

    private sealed record ReadFailed(Read? Read, Exception Cause) : IPrivateMessage;
}
