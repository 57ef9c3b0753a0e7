using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Serialization;
using MediatorSubscribe = Akka.Cluster.Tools.PublishSubscribe.Subscribe;

namespace Garm.Actors.Clustering;

/// <summary>
/// The cluster's end of the bridge: publishes this node's batches to the other nodes' ports, and hands theirs to the
/// <see cref="PubSubGatewayActor"/>.
/// </summary>
internal sealed class ClusterPortActor(IActorRef mediator, IActorRef gateway, long mostBytes) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <summary>How to make one.</summary>
    /// <param name="mediator">The cluster's mediator.</param>
    /// <param name="gateway">Where batches of other nodes go.</param>
    /// <param name="mostBytes">What remoting carries in one message, its envelope not counted.</param>
    public static Props Props(IActorRef mediator, IActorRef gateway, long mostBytes) =>
        Akka.Actor.Props.Create(() => new ClusterPortActor(mediator, gateway, mostBytes));

    protected override void PreStart() => mediator.Tell(new MediatorSubscribe(Topics.Changes, Self));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PublishedBatch published when Equals(Sender, Self): // Its own, which the node has already.
                break;
            case PublishedBatch published:
                gateway.Tell(new PubSubGatewayActor.FromOtherNode(published));
                break;
            case SendOut send when ChangeBatchForm.SizeAtMost(send.Published.Batch) is var size && size > mostBytes:
                // Remoting would drop it, with an error; the other nodes find it in the log at their next look.
                _log.Debug("A batch of up to {0} bytes is left to the log: remoting carries {1}", size, mostBytes);
                break;
            case SendOut send:
                mediator.Tell(new Publish(Topics.Changes, send.Published), Self);
                break;
            case SubscribeAck:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>From the gateway: a batch of this node.</summary>
    internal sealed record SendOut(PublishedBatch Published) : IPrivateNote;
}
