using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Garm.Actors.Changes;

namespace Garm.Actors.Clustering;

/// <summary>
/// The hub's mediator on a node of a cluster: brings batches to this node's subscribers itself, so that they depend on no
/// cluster, and to the other nodes through the <see cref="ClusterPortActor"/> while there is one.
/// </summary>
internal sealed class PubSubGatewayActor : UntypedActor
{
    private readonly IActorRef _local = Context.ActorOf(LocalPubSubActor.Props(), "local");
    private IActorRef _port = ActorRefs.Nobody;

    /// <summary>How to make one.</summary>
    public static Props Props() => Akka.Actor.Props.Create(() => new PubSubGatewayActor());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Publish { Message: PublishedBatch published }:
                _local.Forward(message);
                _port.Tell(new ClusterPortActor.SendOut(published));
                break;
            case FromOtherNode other:
                _local.Tell(new Publish(Topics.Changes, other.Published));
                break;
            case PortOpened opened:
                _port = opened.Port;
                break;
            case PortClosed:
                _port = ActorRefs.Nobody;
                break;
            default:
                _local.Forward(message);
                break;
        }
    }

    /// <summary>From the port: what another node has published.</summary>
    internal sealed record FromOtherNode(PublishedBatch Published) : IPrivateNote;

    /// <summary>From the link: there is a way to the other nodes.</summary>
    internal sealed record PortOpened(IActorRef Port) : IPrivateNote;

    /// <summary>From the link: there is none.</summary>
    internal sealed record PortClosed : IPrivateNote;
}
