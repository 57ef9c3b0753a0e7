using Akka.Actor;
using Garm.Actors.Changes;

namespace Garm.Actors.Tests.Performance;

/// <summary>Plays a session for the relay: counts its messages, without a mailbox that would be measured too.</summary>
internal sealed class TellCounter(int number) : MinimalActorRef
{
    public int Told { get; private set; }

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "specs")) / $"session-{number}";

    public override IActorRefProvider Provider => throw new NotSupportedException();

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is RelayedChanges) Told++;
    }
}
