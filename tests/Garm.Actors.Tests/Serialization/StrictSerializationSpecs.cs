using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Actors.Users;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Serialization;

/// <summary>The whole path of an event, while Akka verifies the serialization of every message.</summary>
public sealed class StrictSerializationSpecs() : TestKit(HoconFolder.With(
    """
    akka.actor.provider = local
    akka.actor.serialize-messages = on
    """))
{
    [Fact]
    public async Task AnEvent_ShouldReachItsSession_WhenEveryMessageIsSerialized()
    {
        var log = new FailableChangeLog();
        var users = new FailableUserAccess { Access = SessionRig.GoodAccess };
        var relay = Sys.ActorOf(ChangeRelayActor.Props(null, log, log, new ChangeRelayOptions { PollInterval = TimeSpan.FromHours(1) }));
        var watcher = Sys.ActorOf(DbWatcherActor.Props(ActorRefs.Nobody, relay));
        var userStates = Sys.ActorOf(UserStateManagerActor.Props(relay, users, new UserStateOptions()));
        var sessions = Sys.ActorOf(SessionManagerActor.Props(
            new SessionPorts(relay, Sys.ActorOf(LogPagesActor.Props(log, new LogPagesOptions())), userStates, new SessionTokenTable()), new EventSessionOptions()));
        var queue = new OutboundQueue(OutboundLimits.Default);
        var grant = new SessionGrant(SessionRig.User, SessionRig.Generation, DateTimeOffset.MaxValue);
        var opened = await sessions.AskAsync<SessionOpened>(new OpenSession(SessionId.NewId(), grant, queue));

        opened.Session.Tell(new ClientMessage("""{"send-everything":true}"""u8.ToArray()));
        await AwaitConditionAsync(async () =>
            (await relay.AskAsync<RelayState>(GetRelayState.Instance)).Subscribers == 2); // The session and the users.
        watcher.Tell(new ChangesCommitted(log.Commit(Samples.PoolUpdate)));

        Assert.True(await queue.WaitToDequeueAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal([Frames.Text("""{"entity-type":"pool","operation":"update","payload":{"id":1}}""")], queue.TakeAll());

        users.Access = SessionRig.GoodAccess with { Enabled = false };
        var disabled = log.Commit(new EventKind(EntityType.User, ChangeOperation.Update), SessionRig.User.ToString());
        watcher.Tell(new ChangesCommitted(disabled));
        Assert.Equal("close 1000", await LastFrameAsync(queue));
    }

    private static async Task<string> LastFrameAsync(OutboundQueue queue)
    {
        List<string> frames = [];
        while (!await queue.IsOverAsync()) frames.AddRange(queue.TakeAll());
        return frames[^1];
    }
}
