using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Garm.Actors.Clustering;

/// <summary>Logs a line when another node stops answering, and one when it answers again.</summary>
internal sealed class PeerLogActor : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    /// <summary>The props of the actor.</summary>
    public static Props Props() => Akka.Actor.Props.Create(() => new PeerLogActor());

    /// <inheritdoc />
    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc />
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.UnreachableMember lost:
                _log.Warning(
                    "The node {0} does not answer: it stopped, is paused or is cut off. This node goes on without it", NameOf(lost.Member));
                break;
            case ClusterEvent.ReachableMember back:
                _log.Warning("The node {0} answers again", NameOf(back.Member));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static string NameOf(Member member) => $"{member.Address.Host}:{member.Address.Port}";
}
