using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;

namespace Garm.Actors.Changes;

/// <summary>
/// Publishes this node's commits: directly to this node's relay, and through Akka's mediator, if there is one, to the relays of the
/// other nodes. It neither stores nor repeats them: a relay reads lost batches from the log.
/// </summary>
public sealed class DbWatcherActor(IActorRef mediator, IActorRef relay) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private MediatorChanged _others = new(mediator, long.MaxValue);

    /// <summary>The props of the actor.</summary>
    /// <param name="mediator">
    /// The cluster's pub-sub mediator until <see cref="MediatorChanged"/> brings another one; <see cref="ActorRefs.Nobody"/>
    /// for none.
    /// </param>
    /// <param name="relay">This node's <see cref="ChangeRelayActor"/>; null to reach it only by the mediator and its reads of the log.</param>
    public static Props Props(IActorRef mediator, IActorRef? relay = null)
    {
        var own = relay ?? ActorRefs.Nobody;
        return Akka.Actor.Props.Create(() => new DbWatcherActor(mediator, own));
    }

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(_others); // The next incarnation knows only the first mediator.
        base.PreRestart(reason, message);
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ChangesCommitted committed:
                var published = new PublishedBatch(committed.Batch);
                relay.Tell(published);
                if (!_others.Mediator.IsNobody()) PublishToOthers(published);
                break;
            case MediatorChanged changed:
                _others = changed;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // The mediator delivers it to this node's relay too, which drops the second copy.
    private void PublishToOthers(PublishedBatch published)
    {
        var size = ChangeBatchForm.SizeAtMost(published.Batch);
        if (size > _others.MaxBatchBytes)
        {
            // Remoting would drop it with an error; the other nodes read it from the log when they next read the head.
            _log.Debug("A batch of up to {0} bytes is not published, since remoting sends at most {1}; the other nodes read it from the log", size, _others.MaxBatchBytes);
            return;
        }

        // No answer is expected, and the cluster's system has no address for this actor, which belongs to another system.
        _others.Mediator.Tell(new Publish(PublishedBatch.Topic, published), ActorRefs.NoSender);
    }
}
