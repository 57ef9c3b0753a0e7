using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using PubSubSubscribe = Akka.Cluster.Tools.PublishSubscribe.Subscribe;

namespace Garm.Actors.Changes;

/// <summary>
/// Speaks as much of the mediator's protocol as Garm uses, on one node and without a cluster: subscribe to a topic,
/// publish to it.
/// </summary>
public sealed class LocalPubSubActor : UntypedActor
{
    private readonly Dictionary<string, HashSet<IActorRef>> _topics = [];

    /// <summary>How to make one.</summary>
    public static Props Props() => Akka.Actor.Props.Create(() => new LocalPubSubActor());

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PubSubSubscribe subscribe:
                OnSubscribe(subscribe.Topic, subscribe.Ref);
                Sender.Tell(new SubscribeAck(subscribe));
                break;
            case Publish publish when _topics.TryGetValue(publish.Topic, out var subscribers):
                foreach (var subscriber in subscribers) subscriber.Forward(publish.Message);
                break;
            case Publish: // A topic that nobody hears is normal.
                break;
            case Terminated terminated:
                foreach (var subscribers in _topics.Values) subscribers.Remove(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnSubscribe(string topic, IActorRef subscriber)
    {
        if (!_topics.TryGetValue(topic, out var subscribers)) _topics[topic] = subscribers = [];
        if (subscribers.Add(subscriber)) Context.Watch(subscriber);
    }
}
