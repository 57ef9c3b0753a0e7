using Akka.Actor;
using Akka.Event;
using Garm.Actors.Reads;
using Garm.Actors.Telemetry;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>
/// Mirrors a source while this node has its lease. <see cref="SourceMachine"/> decides when it connects and lists;
/// <see cref="MirrorQueue"/> holds what waits to be written, in order, whether an event brought it or a list. It stops when the lease is
/// another's; its parent then competes for it again.
/// <code>
/// loading the keys ──► mirroring ──StopSource──► (lease given back)
///                 └──► removing ──all has delete events──► (row removed)
/// </code>
/// </summary>
internal sealed partial class SourceActor : UntypedActor, IWithTimers
{
    private const int PartSize = 200;
    private const int KeysPerRead = 2000;

    // So many changes of a list may wait before the list is read on.
    private const int ListAhead = 1000;

    private readonly SourceSettings _settings;
    private readonly SourceLease _lease;
    private readonly SourcePorts _ports;
    private readonly SourceOptions _options;
    private readonly SourceMachine _machine;
    private readonly MirrorQueue _queue;
    private readonly ReadBackoff _failures;
    private readonly SourceGauge _gauge;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<(long Added, Action Then)> _afterWrites = [];
    private readonly List<TaskCompletionSource> _waitingParts = [];
    private readonly List<ReadOnlyMemory<byte>> _early = [];

    // The lists that the server has had since it was of this version.
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private MirrorIndex _index = new();
    private ISourceSession? _session;
    private ISourceSession? _opened;
    private ListRun? _run;
    private int _connection;
    private int _connecting;
    private int _lastConnection;
    private string? _endedEarly;
    private long _repairs;
    private bool _isStopping;
    private DateTimeOffset? _lastEvent;
    private DateTimeOffset? _lastList;

    public SourceActor(SourceSettings settings, SourceLease lease, SourcePorts ports, SourceOptions options, Func<double> random)
    {
        (_settings, _lease, _ports, _options) = (settings, lease, ports, options);
        _machine = new SourceMachine(settings.RelistEvery, settings.ControllerId, random);
        _queue = new MirrorQueue(options.BatchSize);
        _failures = new ReadBackoff(options.Retry);
        _gauge = SourceTelemetry.Show(settings.Name, Context.System.Scheduler);
        (_repairs, _lastEvent, _lastList) = (settings.Repairs, settings.LastEventAt, settings.LastListAt);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    public static Props Props(
        SourceSettings settings, SourceLease lease, SourcePorts ports, SourceOptions options, Func<double>? random = null) =>
        Akka.Actor.Props.Create(() => new SourceActor(settings, lease, ports, options, random ?? Random.Shared.NextDouble));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(RenewLeaseDue), new RenewLeaseDue(), _options.RenewEvery);
        Load();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _stopped.Cancel();
        _run?.Dispose();
        Close(_session);
        Close(_opened);
        SourceTelemetry.Hide(_settings.Name, _gauge);
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RenewLeaseDue:
                RenewLease();
                break;
            case LeaseAnswered { IsHeld: true } or Reported { IsHeld: true } or ReportFailed or LeaseUnanswered:
                OnLeaseMessage(message);
                break;
            case LeaseAnswered or Reported or BatchWritten { Written: null }:
                _log.Info("The source {0} is mirrored by another node now", _settings.Name);
                Context.Stop(Self);
                break;
            case StopSource:
                Stop();
                break;
            case BatchWritten { Written: { } written }:
                OnWritten(written);
                break;
            case BatchFailed failed:
                OnWriteFailed(failed.Cause);
                break;
            case WriteAgainDue:
                WriteBatch();
                break;
            case IndexLoaded loaded:
                Begin(loaded.Index);
                break;
            case IndexFailed failed:
                LoadAgain(failed.Cause);
                break;
            case LoadAgainDue:
                Load();
                break;
            case RemovalEnded ended:
                OnRemovalEnded(ended);
                break;
            default:
                if (_isStopping || !OnConnectionMessage(message)) Unhandled(message);
                break;
        }
    }

    /// <inheritdoc />
    protected override void Unhandled(object message)
    {
        // What came too late: of a connection, a list or a lease that is no more.
        if (message is not IPrivateMessage) base.Unhandled(message);
    }

    private void Load()
    {
        var (mirror, name, stop) = (_ports.Mirror, _settings.Name, _stopped.Token);
        LoadAsync(mirror, name, stop).PipeTo(Self, success: x => new IndexLoaded(x), failure: e => new IndexFailed(e));
    }

    private static async Task<MirrorIndex> LoadAsync(ISourceMirror mirror, string source, CancellationToken cancellation)
    {
        var index = new MirrorIndex();
        foreach (var type in SourceRoutes.Types)
        {
            var after = "";
            while (true)
            {
                var ids = await mirror.ReadKeysAsync(source, type, after, KeysPerRead, cancellation).ConfigureAwait(false);
                foreach (var id in ids) index.Add(new MirrorKey(type, id));
                if (ids.Count < KeysPerRead) break;
                after = ids[^1];
            }
        }

        return index;
    }

    private void LoadAgain(Exception cause)
    {
        var (pause, warn) = _failures.Fail(Now);
        if (warn) _log.Warning(cause, "What is mirrored of the source {0} cannot be read", _settings.Name);
        Timers.StartSingleTimer(nameof(LoadAgainDue), new LoadAgainDue(), pause);
    }

    private void Begin(MirrorIndex index)
    {
        _failures.Recover();
        _index = index;
        _gauge.Entities = index.Count;
        if (_isStopping) return;
        if (_settings.IsLeaving)
        {
            DeleteAll();
            AfterWrites(Remove);
        }
        else
        {
            Apply(_machine.Start());
        }
    }

    private void Remove() => _ports.Registry.RemoveAsync(_lease, _stopped.Token)
        .PipeTo(Self, success: x => new RemovalEnded(x, null), failure: e => new RemovalEnded(false, e));

    private void OnRemovalEnded(RemovalEnded ended)
    {
        // Where it is still there, the parent of the node that gets the lease begins anew.
        if (ended.Cause is not null) _log.Warning(ended.Cause, "The source {0} cannot be removed yet", _settings.Name);
        else if (ended.IsRemoved) _log.Info("The source {0} is removed, and all that was mirrored of it", _settings.Name);

        Context.Stop(Self);
    }

    private void Stop()
    {
        if (_isStopping) return;
        _isStopping = true;
        _run?.Dispose();
        Close(_session);
        _ports.Leases.ReleaseAsync(_lease, _stopped.Token)
            .PipeTo(Self, success: () => PoisonPill.Instance, failure: _ => PoisonPill.Instance);
    }

    private static void Close(ISourceSession? session)
    {
        if (session is not null) _ = CloseAsync(session);
    }

    private static async Task CloseAsync(ISourceSession session)
    {
        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It is not used any more.
        }
    }
}
