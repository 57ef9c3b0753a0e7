using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Garm.Actors.Reads;
using Garm.Log.Nodes;

namespace Garm.Actors.Clustering;

/// <summary>
/// Finds this node's cluster through the table of nodes, and keeps the node's row there alive. Each heartbeat returns the other nodes,
/// and <see cref="ClusterJoinDecision"/> decides what to do.
/// </summary>
internal sealed class ClusterBootstrapActor(
    NodeId self, IClusterMembership membership, INodeRegistry registry, IFormingTurn turn, ClusterLinkOptions options)
    : UntypedActor, IWithTimers
{
    // beat ──the nodes──► decide ──ask for the turn──► have it? ──yes──► beat, at once ──nobody is a member──► form
    //   ▲                   │                             │ no
    //   └────a pause────────┴─────────────────────────────┘
    //
    // After many beats of joining or forming without becoming a member, the cluster system is restarted, and this actor with it.

    private const string BeatKey = "beat";

    // The turn is used only in the first half of its time. The other half covers a delay between the check of the clock and the
    // forming of the cluster.
    private const double UsableShare = 0.5;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ITimeProvider _time = Context.System.Scheduler;
    private LatestRead _read = null!;
    private ImmutableArray<string> _joiningThrough = [];
    private TimeSpan? _turnEnds;
    private bool _forming;
    private bool _told;
    private int _otherClusterSeen;
    private int _beatsInVain;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private bool HasTurn => _turnEnds is { } end && _time.MonotonicClock < end;

    /// <summary>The props of the actor.</summary>
    public static Props Props(
        NodeId self, IClusterMembership membership, INodeRegistry registry, IFormingTurn turn, ClusterLinkOptions options) =>
        Akka.Actor.Props.Create(() => new ClusterBootstrapActor(self, membership, registry, turn, options));

    protected override void PreStart()
    {
        _read = new LatestRead(Context, Timers, "The table of nodes", options.Retry);
        Beat();
    }

    protected override void PostStop() => _read.Cancel();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BeatDue:
                Beat();
                break;
            case ReadDone<Seen> done when _read.Ends(done):
                OnSeen(done.Result);
                break;
            case ReadDone<Turn> done when _read.Ends(done):
                OnTurn(done.Result);
                break;
            case ReadFailed failed when _read.Ends(failed):
                ArmBeat(_read.Pause > Interval ? _read.Pause : Interval);
                break;
            case IReadEnd: // From a read that was replaced.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private TimeSpan Interval => membership.IsUp ? options.HeartbeatInterval : options.JoinInterval;

    private void Beat()
    {
        var beat = new NodeBeat(self, membership.SelfAddress, membership.IsUp);
        // The decision requires that the turn was checked before the table was read.
        var (nodes, hasTurn) = (registry, HasTurn);
        _read.Start(async cancellation => new Seen(beat, await nodes.BeatAsync(beat, cancellation).ConfigureAwait(false), hasTurn));
    }

    private void OnSeen(Seen seen)
    {
        if (seen.Beat.Joined) OnJoined();
        else StartOverWhenStuck();
        var members = membership.Members;
        // The clock is checked again immediately before the cluster is formed.
        var view = new JoinView(seen.Beat, options.SeedNodes, seen.Nodes, seen.HasTurn && HasTurn, members);
        switch (ClusterJoinDecision.Decide(view))
        {
            case JoinStep.AskForTurn when !_forming:
                AskForTurn();
                return;
            case JoinStep.Form when !_forming:
                _forming = true;
                _log.Debug("No node is a member yet: this node forms the cluster");
                membership.Form();
                break;
            case JoinStep.JoinThrough join when !_forming && !join.Addresses.SequenceEqual(_joiningThrough):
                _joiningThrough = join.Addresses;
                membership.JoinThrough(join.Addresses);
                break;
            case JoinStep.GiveUp:
                OnOtherCluster();
                break;
            default:
                _otherClusterSeen = 0;
                break;
        }

        ArmBeat(Interval);
    }

    // Counts heartbeats and not seconds, because a paused process does not try in that time.
    private void StartOverWhenStuck()
    {
        if (_told || membership.TakesPart || (!_forming && _joiningThrough.IsEmpty)) return;
        if (++_beatsInVain < options.StartOverAfter) return;
        _log.Warning(
            "Not a member of the cluster after {0} heartbeats ({1}); the cluster system is restarted",
            _beatsInVain, _forming ? "this node was to form it" : $"joining through {string.Join(", ", _joiningThrough)}");
        _beatsInVain = 0;
        membership.StartOver(); // This actor ends with the cluster system.
    }

    private void OnJoined()
    {
        // The table shows a cluster now, so no node needs the turn any more.
        if (_turnEnds is not null) _ = ReturnTurnAsync();
        _turnEnds = null;
        if (_told) return;
        _told = true;
        _log.Info("This node is a member of the cluster as {0}", membership.SelfAddress);
    }

    private void AskForTurn()
    {
        var (forming, id, length, begins) = (turn, self, options.FormingTurn, _time.MonotonicClock);
        _read.Start(async cancellation => new Turn(
            await forming.TryTakeAsync(id, length, cancellation).ConfigureAwait(false), begins + (length * UsableShare)));
    }

    private void OnTurn(Turn answer)
    {
        _turnEnds = answer.IsOurs ? answer.Ends : null;
        if (HasTurn) Beat();
        else ArmBeat(Interval);
    }

    private void OnOtherCluster()
    {
        _otherClusterSeen++;
        if (_otherClusterSeen < options.GiveUpAfter) return;
        _log.Warning("There are two clusters on this database: this node leaves the smaller one for the other");
        _otherClusterSeen = 0;
        membership.GiveUp();
    }

    // A turn that is not returned expires.
    private async Task ReturnTurnAsync()
    {
        try
        {
            await turn.ReturnAsync(self, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Debug("The turn to form the cluster was not returned: {0}", e.Message);
        }
    }

    private void ArmBeat(TimeSpan after) => Timers.StartSingleTimer(BeatKey, new BeatDue(), after);

    private sealed record BeatDue : IPrivateMessage;

    private sealed record Seen(NodeBeat Beat, IReadOnlyList<LiveNode> Nodes, bool HasTurn);

    private sealed record Turn(bool IsOurs, TimeSpan Ends);
}
