using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;

namespace Garm.Actors.Changes;

/// <summary>
/// Publishes this node's commits to the relay of every node. It holds nothing and repeats nothing: what is lost here is
/// found in the log by each relay.
/// </summary>
public sealed class DbWatcherActor(IActorRef mediator) : UntypedActor
{
    /// <summary>How to make one.</summary>
    /// <param name="mediator">The pub-sub mediator; <see cref="ActorRefs.Nobody"/> leaves all to the relays' looks at the log.</param>
    public static Props Props(IActorRef mediator) => Akka.Actor.Props.Create(() => new DbWatcherActor(mediator));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ChangesCommitted committed:
                mediator.Tell(new Publish(Topics.Changes, new PublishedBatch(committed.Batch)));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
