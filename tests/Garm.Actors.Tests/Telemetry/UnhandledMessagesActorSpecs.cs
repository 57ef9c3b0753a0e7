using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Tests.Telemetry;

public sealed class UnhandledMessagesActorSpecs : TestKit
{
    [Fact]
    public async Task AMessageThatAnActorDoesNotKnow_ShouldBeTold_OnceForEachKind()
    {
        await Sys.ActorOf(UnhandledMessagesActor.Props()).Ask<ActorIdentity>(new Identify(1)); // It listens from now on.
        var actor = Sys.ActorOf(DbWatcherActor.Props(ActorRefs.Nobody));

        Sys.EventStream.Subscribe(TestActor, typeof(Warning));

        actor.Tell("what is this?");
        actor.Tell("and this?");
        actor.Tell(5);

        Assert.Contains("does not handle System.String", (await ExpectMsgAsync<Warning>()).ToString());
        Assert.Contains("does not handle System.Int32", (await ExpectMsgAsync<Warning>()).ToString());
    }
}
