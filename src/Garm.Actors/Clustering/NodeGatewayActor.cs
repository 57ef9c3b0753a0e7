using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;

namespace Garm.Actors.Clustering;

/// <summary>
/// Forwards other nodes' queries to this node's session manager and relay, which belong to another actor system and so have no
/// address in the cluster.
/// </summary>
internal sealed class NodeGatewayActor(IActorRef sessions, IActorRef relay) : UntypedActor
{
    /// <summary>Its name, by which the other nodes find it; it must never change.</summary>
    public const string Name = "sessions";

    /// <summary>The props of the actor.</summary>
    public static Props Props(IActorRef sessions, IActorRef relay) => Akka.Actor.Props.Create(() => new NodeGatewayActor(sessions, relay));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskSessionPage or EndSession:
                sessions.Tell(message, Sender);
                break;
            case AskRelayPosition:
                relay.Tell(message, Sender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
