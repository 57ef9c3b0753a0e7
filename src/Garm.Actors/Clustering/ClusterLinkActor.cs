using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Reads;

namespace Garm.Actors.Clustering;

/// <summary>Command to <see cref="ClusterLinkActor"/>: leave the cluster for good. Answered by <see cref="ClusterLinkClosed"/>.</summary>
internal sealed record CloseClusterLink : ILocalMessage;

/// <summary>Reply: the node has left the cluster, and its row is deleted.</summary>
internal sealed record ClusterLinkClosed : ILocalMessage;

/// <summary>
/// Owns the node's <see cref="ClusterSystem"/> and sends its mediator to the hub's actors. The cluster system ends when the other nodes
/// removed this one, which was paused or cut off, or when it could not join. The hub's actors then go on from the log without a
/// mediator, while a new cluster system looks for the cluster.
/// </summary>
internal sealed class ClusterLinkActor : UntypedActor, IWithTimers
{
    // Linked ──the system ended──► Apart ──restart is due──► Starting ──listens──► Linked
    //    │                           ▲                          │ cannot listen
    //    │                           └──────────────────────────┘
    //    └──CloseClusterLink──► Closing; from every state

    private const string RestartKey = "restart";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ClusterSystemSetup _setup;
    private readonly ImmutableArray<IActorRef> _publishing;
    private readonly ClusterStatus _status;
    private readonly ReadBackoff _failures;
    private ClusterSystem? _cluster;

    /// <summary>See <see cref="Props"/>.</summary>
    public ClusterLinkActor(
        ClusterSystem first, ClusterSystemSetup setup, ImmutableArray<IActorRef> publishing, ClusterStatus status)
    {
        (_setup, _publishing, _status) = (setup, publishing, status);
        _failures = new ReadBackoff(setup.Options.Retry);
        Link(first);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="first">The first cluster system. The caller starts it, so that a wrong address stops the start of the hub.</param>
    /// <param name="setup">The parameters of further ones.</param>
    /// <param name="publishing">The actors that get <see cref="MediatorChanged"/>.</param>
    /// <param name="status">Tells whether the node is a member.</param>
    public static Props Props(
        ClusterSystem first, ClusterSystemSetup setup, ImmutableArray<IActorRef> publishing, ClusterStatus status) =>
        Akka.Actor.Props.Create(() => new ClusterLinkActor(first, setup, publishing, status));

    /// <inheritdoc />
    protected override void OnReceive(object message) => Linked(message);

    private void Linked(object message)
    {
        switch (message)
        {
            case SystemEnded ended when ended.System == _cluster?.System:
                OnEnded();
                break;
            case CloseClusterLink:
                Close();
                break;
            case SystemEnded: // A former system.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Apart(object message)
    {
        switch (message)
        {
            case RestartDue:
                Restart();
                break;
            case Started started:
                Link(started.Cluster);
                Become(Linked);
                break;
            case StartFailed failed:
                OnStartFailed(failed.Cause);
                break;
            case CloseClusterLink:
                Close();
                break;
            case SystemEnded:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Closing(object message)
    {
        switch (message)
        {
            case Started late: // The system started while the node was leaving.
                late.Cluster.LeaveAsync();
                break;
            case SystemEnded or StartFailed or RestartDue or CloseClusterLink:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Link(ClusterSystem cluster)
    {
        _failures.Recover();
        _cluster = cluster;
        _status.Become(cluster.Link);
        Announce(cluster.Mediator);
        var (self, system) = (Self, cluster.System);
        system.WhenTerminated.ContinueWith(_ => self.Tell(new SystemEnded(system), ActorRefs.NoSender), TaskScheduler.Default);
    }

    private void OnEnded()
    {
        if (!_cluster!.CouldNotJoin)
        {
            _log.Warning(
                "The cluster went on without this node (it was cut off or paused); it serves from the change log and joins again");
        }

        Part();
        Become(Apart);
        Timers.StartSingleTimer(RestartKey, new RestartDue(), _setup.Options.RestartDelay);
    }

    private void Part()
    {
        _cluster = null;
        _status.Become(null);
        Announce(MediatorChanged.ToNobody);
    }

    private void Announce(MediatorChanged mediator)
    {
        foreach (var actor in _publishing) actor.Tell(mediator);
    }

    private void Restart()
    {
        var setup = _setup;
        Task.Run(() => ClusterSystem.Start(setup)).PipeTo(
            Self, success: cluster => new Started(cluster), failure: cause => new StartFailed(cause));
    }

    private void OnStartFailed(Exception cause)
    {
        var (delay, warn) = _failures.Fail(Context.System.Scheduler.Now);
        if (warn) _log.Warning(cause, "The node cannot listen for its cluster ({0} failures in a row)", _failures.Count);
        Timers.StartSingleTimer(RestartKey, new RestartDue(), delay);
    }

    private void Close()
    {
        Timers.CancelAll();
        var (cluster, setup, asker) = (_cluster, _setup, Sender);
        Part();
        Become(Closing);
        LeaveAsync(cluster, setup).PipeTo(
            asker,
            success: () => new ClusterLinkClosed(),
            failure: cause => new Status.Failure(cause));
    }

    // The row is deleted last: a heartbeat of a node that is still leaving would write it again.
    private static async Task LeaveAsync(ClusterSystem? cluster, ClusterSystemSetup setup)
    {
        if (cluster is not null) await cluster.LeaveAsync().ConfigureAwait(false);
        await setup.Registry.RemoveAsync(setup.Self, CancellationToken.None).ConfigureAwait(false);
    }

    private sealed record SystemEnded(ActorSystem System) : IPrivateMessage;

    private sealed record Started(ClusterSystem Cluster) : IPrivateMessage;

    private sealed record StartFailed(Exception Cause) : IPrivateMessage;

    private sealed record RestartDue : IPrivateMessage;
}
