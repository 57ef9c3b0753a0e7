using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Telemetry;
using Garm.Actors.Tests.Support;
using Garm.TestUtilities;
using Microsoft.Extensions.Time.Testing;

namespace Garm.Actors.Tests.Telemetry;

[Collection(nameof(TelemetryCollection))]
public sealed class SessionTelemetrySpecs() : TestKit(VirtualTime.Config)
{
    private readonly Measurements _told = new(GarmTelemetry.Name);

    [Fact]
    public async Task Sessions_ShouldBeCounted_WhileTheyAreOpen_AndTheirEndByItsReason()
    {
        var manager = Sys.ActorOf(SessionManagerActor.Props(
            new SessionPorts(CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), new SessionTokenTable()), new EventSessionOptions { MaxSessions = 1 }));
        var opened = await manager.AskAsync<SessionOpened>(Open());
        await manager.AskAsync<SessionRefused>(Open());
        Assert.Equal([1], _told.Of("garm.sessions.open"));

        opened.Session.Tell(new ClientFailed(SessionCloseReason.MessageTooBig));

        await AwaitConditionAsync(async () => (await manager.AskAsync<SessionCount>(new GetSessionCount())).Open == 0);
        Assert.Equal([1, -1], _told.Of("garm.sessions.open"));
        Assert.Equal(["reason=MessageTooBig"], _told.TagsOf("garm.sessions.closed"));
        Assert.Equal(["reason=TooManySessions"], _told.TagsOf("garm.sessions.refused"));
    }

    [Fact]
    public void Parking_ShouldShow_WhileItLasts()
    {
        SessionTelemetry.Parked();
        SessionTelemetry.Unparked();

        Assert.Equal([1, -1], _told.Of("garm.sessions.parked"));
        Assert.Equal([1], _told.Of("garm.sessions.parkings"));
    }

    [Fact]
    public async Task ASession_ShouldBeCountedAsParked_UntilItIsLiveAgain()
    {
        var rig = await SessionRig.LiveAsync(this, limits: new OutboundLimits(1_000_000, 1));
        rig.RelayedAt(1, 2);
        await rig.StatsAsync();
        Assert.Equal([1], _told.Of("garm.sessions.parked"));

        rig.Queue.TakeAll();
        await rig.ResumedAsync(true, 2);
        await rig.StatsAsync();
        Assert.Equal([1, -1], _told.Of("garm.sessions.parked"));
    }

    [Fact]
    public async Task CommitToSend_ShouldBeMeasured_OnceTheMarkedEventIsWritten_AndNotBefore()
    {
        var rig = await SessionRig.LiveAsync(this);
        rig.Relayed(Samples.PoolUpdate, Samples.PoolUpdate);
        rig.Relayed(Samples.PoolUpdate);
        Assert.Equal(3, (await rig.StatsAsync()).Sent);

        rig.Queue.Sample.Written(0);
        Assert.Empty(_told.Of("garm.events.commit_to_send"));
        rig.Queue.Sample.Written(3);

        // The samples are of 1970.
        Assert.True(Assert.Single(_told.Of("garm.events.commit_to_send")) > TimeSpan.FromDays(365).TotalSeconds);
    }

    [Fact]
    public async Task CommitToSend_ShouldFollowTheNextEvent_OnceOneIsWritten()
    {
        var rig = await SessionRig.LiveAsync(this);
        for (var i = 1; i <= 2; i++)
        {
            rig.Relayed(Samples.PoolUpdate);
            await rig.StatsAsync();
            rig.Queue.Sample.Written(1);
            Assert.Equal(i, _told.Of("garm.events.commit_to_send").Count);
        }
    }

    [Fact]
    public void CommitToSend_ShouldBeTheTimeFromTheCommit_ByTheQueuesClock()
    {
        var change = Samples.Change(1, Samples.PoolUpdate);
        var clock = new FakeTimeProvider(change.CommittedAt.AddSeconds(2));
        var queue = new OutboundQueue(OutboundLimits.Default, clock);

        queue.Sample.Mark(new RelayedChanges([change.Relayed()]), 1);
        clock.Advance(TimeSpan.FromSeconds(3));
        queue.Sample.Written(1);

        Assert.Equal([5], _told.Of("garm.events.commit_to_send"));
    }

    protected override void AfterAll()
    {
        _told.Dispose();
        base.AfterAll();
    }

    private static OpenSession Open() => new(
        SessionId.NewId(),
        new SessionGrant(SessionRig.User, SessionRig.Generation, DateTimeOffset.MaxValue),
        new OutboundQueue(OutboundLimits.Default));
}
