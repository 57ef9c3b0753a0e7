using Akka.Actor;
using Akka.Event;
using Garm.Actors.Reads;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>
/// Looks at the sources' settings from time to time and when told, and starts a <see cref="SourceActor"/> for each source whose lease it
/// gets. Every node has one, so that a source whose node is gone is soon another's. A source whose settings changed is given back and
/// taken anew.
/// </summary>
public sealed class SourcesActor : UntypedActor, IWithTimers
{
    private readonly SourcePorts _ports;
    private readonly SourceOptions _options;
    private readonly Dictionary<Guid, (IActorRef Actor, SourceLease Lease, long Revision)> _held = [];
    private readonly HashSet<Guid> _asked = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private LatestRead _look = null!;
    private bool _isLooking;
    private bool _lookAgain;

    /// <inheritdoc cref="Props(ISourceRegistry, ISourceLeases, ISourceMirror, ISourceConnector, SourceOptions)"/>
    public SourcesActor(
        ISourceRegistry registry, ISourceLeases leases, ISourceMirror mirror, ISourceConnector connector, SourceOptions options) =>
        (_ports, _options) = (new SourcePorts(registry, leases, mirror, connector), options);

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="registry">The sources.</param>
    /// <param name="leases">Their leases.</param>
    /// <param name="mirror">What is mirrored.</param>
    /// <param name="connector">Connects to them.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(
        ISourceRegistry registry, ISourceLeases leases, ISourceMirror mirror, ISourceConnector connector, SourceOptions options) =>
        Akka.Actor.Props.Create(() => new SourcesActor(registry, leases, mirror, connector, options));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _look = new LatestRead(Context, Timers, "The sources' settings", _options.Retry);
        Look();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _look.Cancel();

        // The node is stopped in order: another one need not wait for the leases' ends, and does where this fails.
        foreach (var held in _held.Values) _ = ReleaseAsync(_ports.Leases, held.Lease);
    }

    // An actor that fails is not restarted: its index would be of another moment. It is started anew with the next look.
    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LookAtSources or LookDue:
                if (_isLooking) _lookAgain = true;
                else Look();
                break;
            case ReadDone<IReadOnlyList<SourceSettings>> done when _look.Ends(done):
                OnSources(done.Result);
                Plan(_lookAgain ? TimeSpan.Zero : _options.LookEvery);
                break;
            case ReadFailed failed when _look.Ends(failed):
                Plan(_look.Pause > _options.LookEvery ? _look.Pause : _options.LookEvery);
                break;
            case Acquired acquired:
                OnAcquired(acquired);
                break;
            case Terminated gone:
                OnTerminated(gone.ActorRef);
                break;
            case IReadEnd:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Plan(TimeSpan pause)
    {
        (_isLooking, _lookAgain) = (false, false);
        Timers.StartSingleTimer(nameof(LookDue), new LookDue(), pause);
    }

    private void Look()
    {
        _isLooking = true;
        var registry = _ports.Registry;
        _look.Start(registry.ReadAsync);
    }

    private void OnSources(IReadOnlyList<SourceSettings> sources)
    {
        var wanted = sources.Where(x => x.IsEnabled || x.IsLeaving).ToDictionary(x => x.Id);
        foreach (var (id, held) in _held)
        {
            if (!wanted.TryGetValue(id, out var source) || source.Revision != held.Revision) held.Actor.Tell(StopSource.Instance);
        }

        foreach (var source in wanted.Values)
        {
            if (_held.ContainsKey(source.Id) || !_asked.Add(source.Id)) continue;
            var leases = _ports.Leases;
            AcquireAsync(leases, source, _options.LeaseTime).PipeTo(
                Self, success: x => new Acquired(source, x, null), failure: e => new Acquired(source, null, e));
        }
    }

    private static async Task<SourceLease?> AcquireAsync(ISourceLeases leases, SourceSettings source, TimeSpan time) =>
        await leases.TryAcquireAsync(source.Id, time, CancellationToken.None).ConfigureAwait(false);

    private static async Task ReleaseAsync(ISourceLeases leases, SourceLease lease)
    {
        try
        {
            await leases.ReleaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It ends by itself.
        }
    }

    private void OnAcquired(Acquired acquired)
    {
        var source = acquired.Source;
        _asked.Remove(source.Id);
        if (acquired.Cause is { } cause) _log.Debug("The lease of the source {0} could not be asked for: {1}", source.Name, cause.Message);
        if (acquired.Lease is not { } lease) return;
        _log.Info("The source {0} is mirrored by this node", source.Name);
        var actor = Context.Watch(Context.ActorOf(SourceActor.Props(source, lease, _ports, _options)));
        _held[source.Id] = (actor, lease, source.Revision);
    }

    private void OnTerminated(IActorRef actor)
    {
        var id = _held.FirstOrDefault(x => x.Value.Actor.Equals(actor)).Key;
        if (!_held.Remove(id)) return;

        // Most often its settings have changed, and it is free again.
        Self.Tell(LookAtSources.Instance);
    }

    private sealed record LookDue : IPrivateMessage;

    private sealed record Acquired(SourceSettings Source, SourceLease? Lease, Exception? Cause) : IPrivateMessage;
}
