using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Sessions;

public sealed class SessionManagerActorSpecs : TestKit
{
    private readonly TestProbe _relay;
    private readonly TestProbe _users;
    private readonly IActorRef _manager;

    public SessionManagerActorSpecs() : base(VirtualTime.Config)
    {
        _relay = CreateTestProbe();
        _users = CreateTestProbe();
        _manager = Manager(new EventSessionOptions { MaxSessions = 2 });
    }

    [Fact]
    public async Task Manager_ShouldOpenASession()
    {
        var (opened, queue) = await OpenAsync();

        opened.Session.Tell(new ClientPing("x"u8.ToArray()));
        await opened.Session.AskAsync<SessionStats>(GetSessionStats.Instance);
        Assert.Equal(["pong x"], queue.TakeAll());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Manager_ShouldGiveTheSameAnswer_WhenASessionIsOpenedTwice()
    {
        var open = Open(out _);

        var first = await _manager.AskAsync<SessionOpened>(open);
        var second = await _manager.AskAsync<SessionOpened>(open);

        Assert.Equal(first, second);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Manager_ShouldRefuse_WhenThereAreTooManySessions()
    {
        var (first, _) = await OpenAsync();
        await OpenAsync();

        var open = Open(out _);
        Assert.Equal(new SessionRefused(open.Id, SessionRefusal.TooManySessions), await _manager.AskAsync<SessionRefused>(open));

        first.Session.Tell(new ClientClosed(1000));
        await AwaitConditionAsync(async () => await CountAsync() == 1);
        await OpenAsync();
    }

    [Fact]
    public async Task Manager_ShouldCloseEverySession_WhenItDrains()
    {
        var (_, one) = await OpenAsync();
        var (_, other) = await OpenAsync();

        await _manager.AskAsync<SessionsDrained>(new DrainSessions());

        Assert.Equal(["close 1001"], one.TakeAll());
        Assert.Equal(["close 1001"], other.TakeAll());
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Manager_ShouldSpreadTheCloses_WhenItDrainsMany()
    {
        const int count = 200;
        var manager = Manager(new EventSessionOptions { CloseSpread = TimeSpan.FromMilliseconds(80) });
        for (var i = 0; i < count; i++) await manager.AskAsync<SessionOpened>(Open(out _));

        var drained = manager.AskAsync<SessionsDrained>(new DrainSessions());
        var left = new List<int>();
        for (var step = 0; step < 5; step++)
        {
            if (step > 0) this.Advance(TimeSpan.FromMilliseconds(20));
            await AwaitConditionAsync(async () => (await manager.AskAsync<SessionCount>(new GetSessionCount())).Open <= count - (40 * (step + 1)));
            left.Add((await manager.AskAsync<SessionCount>(new GetSessionCount())).Open);
        }

        Assert.Equal([160, 120, 80, 40, 0], left);
        await drained;
    }

    [Fact]
    public async Task Manager_ShouldGoOnDraining_WhenSessionsEndByThemselves()
    {
        var manager = Manager(new EventSessionOptions { CloseSpread = TimeSpan.FromMilliseconds(20) });
        var sessions = new List<IActorRef>();
        for (var i = 0; i < 60; i++) sessions.Add((await manager.AskAsync<SessionOpened>(Open(out _))).Session);
        var drained = manager.AskAsync<SessionsDrained>(new DrainSessions());

        foreach (var session in sessions) session.Tell(new ClientClosed(1000));

        await drained;
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(5_000, 20)]
    [InlineData(10_000, 40)]
    [InlineData(100_000, 399)]
    public void DrainPlan_ShouldFitIntoItsTime(int sessions, int atOnce)
    {
        var plan = DrainPlan.For(sessions, TimeSpan.FromSeconds(5));

        Assert.Equal(atOnce, plan.AtOnce);
        Assert.InRange(DrainPlan.Step * ((sessions - 1) / plan.AtOnce), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void DrainPlan_ShouldBeOneStep_WithoutSpread() => Assert.Equal(10_000, DrainPlan.For(10_000, TimeSpan.Zero).AtOnce);

    [Fact]
    public async Task Manager_ShouldRefuse_WhenItHasDrained()
    {
        await _manager.AskAsync<SessionsDrained>(new DrainSessions());
        await _manager.AskAsync<SessionsDrained>(new DrainSessions());

        var open = Open(out _);
        Assert.Equal(new SessionRefused(open.Id, SessionRefusal.Draining), await _manager.AskAsync<SessionRefused>(open));
    }

    [Fact]
    public async Task Manager_ShouldStopAFailedSession_AndLeaveTheOthersAlone()
    {
        var (failing, queue) = await OpenAsync();
        var (other, _) = await OpenAsync();
        await LiveAsync(failing.Session);

        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(() =>
        {
            failing.Session.Tell(new RelayedChanges(default));
            return Task.CompletedTask;
        });

        await AwaitConditionAsync(async () => await CountAsync() == 1);
        Assert.Equal(["close 1011"], queue.TakeAll());
        Assert.Equal(other.Id, (await other.Session.AskAsync<SessionStats>(GetSessionStats.Instance)).Id);
    }

    private IActorRef Manager(EventSessionOptions options) => Sys.ActorOf(SessionManagerActor.Props(
        new SessionPorts(_relay, CreateTestProbe(), _users, new SessionTokenTable()), options));

    private static OpenSession Open(out OutboundQueue queue)
    {
        queue = new OutboundQueue(OutboundLimits.Default);
        var grant = new SessionGrant(SessionRig.User, SessionRig.Generation, DateTimeOffset.MaxValue);
        return new OpenSession(SessionId.NewId(), grant, queue);
    }

    private async Task<(SessionOpened Opened, OutboundQueue Queue)> OpenAsync() =>
        (await _manager.AskAsync<SessionOpened>(Open(out var queue)), queue);

    private async Task LiveAsync(IActorRef session)
    {
        session.Tell(new Garm.Actors.Users.UserStateSnapshot(SessionRig.User, SessionRig.GoodAccess), CreateTestProbe());
        session.Tell(new ClientMessage("""{"send-everything":true}"""u8.ToArray()));
        await _relay.ExpectMsgAsync<Subscribe>();
    }

    private async Task<int> CountAsync() => (await _manager.AskAsync<SessionCount>(new GetSessionCount())).Open;
}
