using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Sessions;

/// <summary>What a node tells of its sessions, and how it ends one.</summary>
public sealed class SessionListingSpecs : TestKit
{
    private readonly TestProbe _relay;
    private readonly TestProbe _users;
    private readonly IActorRef _manager;

    public SessionListingSpecs() : base(VirtualTime.Config)
    {
        _relay = CreateTestProbe();
        _users = CreateTestProbe();
        _manager = Sys.ActorOf(SessionManagerActor.Props(
            new SessionPorts(_relay, CreateTestProbe(), _users, new SessionTokenTable()), new EventSessionOptions()));
    }

    [Fact]
    public async Task ASession_ShouldBeShown_WithWhatIsKnownOfIt()
    {
        var opened = await OpenAsync(FrameForm.ServerSentEvents);
        opened.Session.Tell(new ClientMessage("""{"send-everything":true,"cursor":"now","token":"secret"}"""u8.ToArray()));

        var page = await PageAsync(null);

        var session = Assert.Single(page.Sessions);
        Assert.Null(page.Next);
        Assert.Equal(
            (opened.Id, "ann", "10.0.0.7", "sse", SessionStates.WaitingForUser, Sys.Scheduler.Now),
            (session.Id, session.User, session.Address, session.Transport, session.State, session.Since));
        Assert.InRange(session.Behind!.Value, 0, 1); // The refusal of the token may wait to be sent.
        Assert.Equal("""{"send-everything":true}""", Encoding.UTF8.GetString(session.Filter.Span));
        Assert.True(session.QueuedBytes >= 0);
    }

    [Fact]
    public async Task ManySessions_ShouldComeInPages_EachOnce()
    {
        var ids = new List<SessionId>();
        for (var i = 0; i < (SessionPageActor.MostSessions * 2) + 1; i++) ids.Add((await OpenAsync(null)).Id);

        var pages = await AllPagesAsync();

        Assert.Equal([SessionPageActor.MostSessions, SessionPageActor.MostSessions, 1], pages.Select(x => x.Sessions.Length));
        Assert.Equal(
            ids.Select(x => x.ToString()).Order(StringComparer.Ordinal), pages.SelectMany(x => x.Sessions).Select(x => x.Id.ToString()));
    }

    [Fact]
    public async Task AFullLastPage_ShouldNameNoNext()
    {
        for (var i = 0; i < SessionPageActor.MostSessions; i++) await OpenAsync(null);

        Assert.Equal([SessionPageActor.MostSessions], (await AllPagesAsync()).Select(x => x.Sessions.Length));
    }

    [Fact]
    public async Task LongFilters_ShouldFillAPageSooner()
    {
        const int count = 150;
        var value = new string('x', SessionFilterText.MaxBytes - 100);
        for (var i = 0; i < count; i++)
        {
            (await OpenAsync(null)).Session.Tell(new ClientMessage(Encoding.UTF8.GetBytes(
                $$$"""{"filters":[{"entity-type":"pool","match":{"id":"{{{value}}}"}}]}""")));
        }

        var pages = await AllPagesAsync();

        Assert.Equal(3, pages.Count);
        Assert.Equal(count, pages.SelectMany(x => x.Sessions).Select(x => x.Id).Distinct().Count());
        Assert.All(pages, x => Assert.True(x.Sessions.Sum(y => y.Filter.Length) < SessionPageActor.MostBytes + SessionFilterText.MaxBytes));
        Assert.All(pages.SelectMany(x => x.Sessions), x => Assert.NotEqual(0, x.Filter.Length));
    }

    [Fact]
    public async Task ASessionThatEndsMeanwhile_ShouldNotBeShown_NorWaitedFor()
    {
        var (probe, asker) = (CreateTestProbe(), CreateTestProbe());
        Sys.ActorOf(SessionPageActor.Props(
            new AskSessionPage(1, null), asker, [new SessionEntry(SessionId.NewId(), probe, SessionRig.User)], isLast: true, new SessionPageActor.Head(null, _relay), TimeSpan.FromSeconds(1)));
        await _relay.ExpectMsgAsync<GetRelayState>();
        await probe.ExpectMsgAsync<DescribeSession>();

        Sys.Stop(probe);
        _relay.Reply(State(100));

        Assert.Empty((await asker.ExpectMsgAsync<SessionPage>()).Sessions);
    }

    [Fact]
    public async Task ASessionThatDoesNotAnswer_ShouldBeShownAsSuch()
    {
        var entries = Enumerable.Range(0, 2).Select(x => (Probe: CreateTestProbe(), Id: SessionId.NewId())).ToList();
        var asker = CreateTestProbe();
        Sys.ActorOf(SessionPageActor.Props(
            new AskSessionPage(4, null), asker, [.. entries.Select(x => new SessionEntry(x.Id, x.Probe, SessionRig.User) { User = "ann" })],
            isLast: true, new SessionPageActor.Head(null, _relay), TimeSpan.FromSeconds(1)));
        await _relay.ExpectMsgAsync<GetRelayState>();
        foreach (var (probe, _) in entries) await probe.ExpectMsgAsync<DescribeSession>();

        entries[0].Probe.Reply(new SessionReport(entries[0].Id, SessionStates.CatchingUp, new LogPosition(30), 2, 99, default));
        _relay.Reply(State(100));
        await asker.ExpectNoMsgAsync(TimeSpan.Zero);
        this.AdvanceSeconds(1);

        var page = await asker.ExpectMsgAsync<SessionPage>();
        Assert.Equal((4, null), (page.Ask, page.Next));
        Assert.Equal(
            [(entries[0].Id, SessionStates.CatchingUp, 72L), (entries[1].Id, SessionStates.NotResponding, null)],
            page.Sessions.Select(x => (x.Id, x.State, x.Behind)));
        Assert.Equal("ann", page.Sessions[1].User);
    }

    [Theory]
    [InlineData(30, 100, 2, 72L)]
    [InlineData(101, 100, 0, 0L)] // The head was read before the session moved on.
    [InlineData(null, 100, 2, 2L)]
    [InlineData(30, null, 2, null)] // The relay has not begun.
    public async Task TheChangesBehind_ShouldBeThoseToPass_AndTheFramesInTheQueue(int? place, int? head, int frames, long? behind)
    {
        var (probe, id, asker) = (CreateTestProbe(), SessionId.NewId(), CreateTestProbe());
        Sys.ActorOf(SessionPageActor.Props(
            new AskSessionPage(1, null), asker, [new SessionEntry(id, probe, SessionRig.User)], isLast: true, new SessionPageActor.Head(null, _relay), TimeSpan.FromSeconds(1)));
        await _relay.ExpectMsgAsync<GetRelayState>();
        await probe.ExpectMsgAsync<DescribeSession>();

        probe.Reply(new SessionReport(id, SessionStates.CatchingUp, place is { } at ? new LogPosition(at) : null, frames, 0, default));
        _relay.Reply(head is { } position ? State(position) : State(0) with { Running = false });

        Assert.Equal(behind, Assert.Single((await asker.ExpectMsgAsync<SessionPage>()).Sessions).Behind);
    }

    [Fact]
    public async Task AnAnswer_ShouldCome_WithoutTheRelay()
    {
        await OpenAsync(null);
        _manager.Tell(new AskSessionPage(2, null));
        await _relay.ExpectMsgAsync<GetRelayState>();
        this.AdvanceSeconds(1);

        Assert.Single((await ExpectMsgAsync<SessionPage>()).Sessions);
    }

    [Fact]
    public async Task AnEndedSession_ShouldBeGone_WhenTheAnswerComes()
    {
        var opened = await OpenAsync(null, out var queue);

        _manager.Tell(new EndSession(3, opened.Id));

        Assert.Equal(new SessionEndAnswer(3, true), await ExpectMsgAsync<SessionEndAnswer>());
        Assert.Equal(["close 1008 ended-by-administrator"], queue.TakeAll());
        Assert.Equal(0, (await _manager.AskAsync<SessionCount>(new GetSessionCount())).Open);
        _manager.Tell(new EndSession(4, opened.Id));
        Assert.Equal(new SessionEndAnswer(4, false), await ExpectMsgAsync<SessionEndAnswer>());
    }

    [Fact]
    public async Task TwoWhoEndTheSameSession_ShouldBothBeTold()
    {
        var opened = await OpenAsync(null);

        _manager.Tell(new EndSession(1, opened.Id));
        _manager.Tell(new EndSession(2, opened.Id));

        Assert.True((await ExpectMsgAsync<SessionEndAnswer>()).Found);
        await ExpectMsgAsync<SessionEndAnswer>(); // Found or not: the session may have ended before.
    }

    [Fact]
    public async Task TheStates_ShouldBeThoseOfTheFeed()
    {
        var rig = SessionRig.Start(this, limits: new OutboundLimits(100_000, 4));
        await AssertStateAsync(rig, SessionStates.WaitingForFilter);
        rig.Say("""{"send-everything":true,"cursor":"earliest"}""");
        await AssertStateAsync(rig, SessionStates.WaitingForUser);
        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await AssertStateAsync(rig, SessionStates.CatchingUp);

        await rig.PageAsync(new LogRange(Samples.Epoch, new LogPosition(0), new LogPosition(2)), 1, 2);
        Assert.Equal(new LogPosition(2), (await AssertStateAsync(rig, SessionStates.CatchingUp)).Place);
        await rig.ResumedAsync(true);
        var live = await AssertStateAsync(rig, SessionStates.Live);
        Assert.Null(live.Place);
        Assert.Equal(3, live.QueuedFrames); // Two events, and that it has caught up.

        rig.RelayedAt(3, 4, 5, 6, 7);
        var behind = await AssertStateAsync(rig, SessionStates.FellBehind);
        Assert.Equal(rig.Queue.Bytes, behind.QueuedBytes);

        rig.Say("""{"cursor":"nonsense"}""");
        await AssertStateAsync(rig, SessionStates.WaitingForCursor);
    }

    [Fact]
    public async Task AClientWithACursor_ShouldBeTold_WhereToGoOn()
    {
        var rig = await SessionRig.LiveAsync(this);
        rig.Say("""{"send-everything":true,"cursor":"now"}""");
        await rig.SubscribedAsync();
        await rig.FramesAsync();

        rig.Session.Tell(new CloseSession(SessionCloseReason.EndedByAdministrator));

        var frames = await rig.EndAsync();
        Assert.Matches("\"control\":\"error\",\"code\":\"session-ended\",\"message\":\"[^\"]+\",\"cursor\":\"[^\"]+\"", frames[0]);
        Assert.Equal("close 1008 ended-by-administrator", frames[1]);
    }

    private static async Task<SessionReport> AssertStateAsync(SessionRig rig, string state)
    {
        var report = await rig.Session.AskAsync<SessionReport>(DescribeSession.Instance);
        Assert.Equal(state, report.State);
        return report;
    }

    private static RelayState State(long head) => new(true, new LogPlace(Samples.Epoch, new LogPosition(head)), 0, 0);

    private async Task<List<SessionPage>> AllPagesAsync()
    {
        var pages = new List<SessionPage> { await PageAsync(null) };
        while (pages[^1].Next is { } after) pages.Add(await PageAsync(after));
        return pages;
    }

    private async Task<SessionPage> PageAsync(SessionId? after)
    {
        _manager.Tell(new AskSessionPage(1, after));
        if (after is null)
        {
            await _relay.FishForMessageAsync<GetRelayState>(_ => true);
            _relay.Reply(State(10));
        }

        return await ExpectMsgAsync<SessionPage>();
    }

    private Task<SessionOpened> OpenAsync(FrameForm? stream) => OpenAsync(stream, out _);

    private Task<SessionOpened> OpenAsync(FrameForm? stream, out OutboundQueue queue)
    {
        queue = new OutboundQueue(OutboundLimits.Default);
        var grant = new SessionGrant(SessionRig.User, SessionRig.Generation, DateTimeOffset.MaxValue) { Username = "ann" };
        return _manager.AskAsync<SessionOpened>(new OpenSession(SessionId.NewId(), grant, queue) { Stream = stream, Address = "10.0.0.7" });
    }
}
