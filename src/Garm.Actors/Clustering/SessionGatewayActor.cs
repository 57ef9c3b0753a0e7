using Akka.Actor;
using Garm.Actors.Sessions;

namespace Garm.Actors.Clustering;

/// <summary>
/// Forwards other nodes' queries for sessions to this node's manager, which belongs to another actor system and so has no address in
/// the cluster.
/// </summary>
internal sealed class SessionGatewayActor(IActorRef sessions) : UntypedActor
{
    /// <summary>Its name, by which the other nodes find it; it must never change.</summary>
    public const string Name = "sessions";

    /// <summary>The props of the actor.</summary>
    public static Props Props(IActorRef sessions) => Akka.Actor.Props.Create(() => new SessionGatewayActor(sessions));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        if (message is AskSessionPage or EndSession) sessions.Tell(message, Sender);
        else Unhandled(message);
    }
}
