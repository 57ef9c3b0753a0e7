using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Nodes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Nodes;

/// <summary>Asking all nodes, some of which do not answer.</summary>
public sealed class SessionQuerySpecs : TestKit
{
    private static readonly SessionQueryOptions Options = new() { Patience = TimeSpan.FromSeconds(3), Limit = TimeSpan.FromSeconds(20) };

    private readonly TestProbe _a;
    private readonly TestProbe _b;
    private readonly ImmutableArray<QueriedNode> _nodes;

    public SessionQuerySpecs() : base(VirtualTime.Config)
    {
        (_a, _b) = (CreateTestProbe(), CreateTestProbe());
        _nodes = [new QueriedNode("a", _a.Ref), new QueriedNode("b", _b.Ref)];
    }

    [Fact]
    public async Task TheList_ShouldHaveTheSessionsOfAllNodes_InTheirOrder()
    {
        var list = List();

        await AnswerAsync(_b, ["b1"]);
        await AnswerAsync(_a, ["a1"], more: true);
        await AnswerAsync(_a, ["a2"]);

        AssertList(await list, ["a a1", "a a2", "b b1"]);
    }

    [Fact]
    public async Task TheNextPage_ShouldBeAskedFor_AfterTheLastOne()
    {
        var list = List();
        await AnswerAsync(_b, []);
        var first = await _a.ExpectMsgAsync<AskSessionPage>();
        var last = SessionId.NewId();
        _a.Reply(new SessionPage(first.Ask, [], last));

        var second = await _a.ExpectMsgAsync<AskSessionPage>();
        Assert.Null(first.After);
        Assert.Equal(last, second.After);
        _a.Reply(new SessionPage(first.Ask, [Session("stale")], null)); // Repeated: it counts once.
        _a.Reply(new SessionPage(second.Ask, [], null));

        AssertList(await list, []);
    }

    [Fact]
    public async Task ANodeThatIsSilent_ShouldBeNamed_AndNotWaitedFor()
    {
        var list = List();
        await AnswerAsync(_a, ["a1"]);
        await _b.ExpectMsgAsync<AskSessionPage>();

        this.AdvanceSeconds(2.9);
        Assert.False(list.IsCompleted);
        this.AdvanceSeconds(0.1);

        AssertList(await list, ["a a1"], "b");
    }

    [Fact]
    public async Task ANodeThatFallsSilent_ShouldBeNamed_WithWhatItToldBefore()
    {
        var list = List();
        await AnswerAsync(_a, ["a1"]);
        await AnswerAsync(_b, ["b1"], more: true);
        await _b.ExpectMsgAsync<AskSessionPage>();

        this.AdvanceSeconds(3);

        AssertList(await list, ["a a1", "b b1"], "b");
    }

    [Fact]
    public async Task ManyPages_ShouldTakeNoLongerThanTheLimit()
    {
        var list = List();
        await AnswerAsync(_a, ["a1"]);
        for (var i = 0; i < 9; i++)
        {
            await AnswerAsync(_b, [$"b{i}"], more: true);
            this.AdvanceSeconds(2);
        }

        await AnswerAsync(_b, ["b9"], more: true);
        await _b.ExpectMsgAsync<AskSessionPage>();
        Assert.False(list.IsCompleted);
        this.AdvanceSeconds(2);

        var result = await list;
        Assert.Equal(11, result.Sessions.Length);
        Assert.Equal("b", Assert.Single(result.UnansweredNodes));
    }

    [Fact]
    public async Task WhenTheActorSystemEnds_TheListShouldCome()
    {
        var result = new TaskCompletionSource<SessionList>();
        var actor = Sys.ActorOf(SessionListActor.Props(_nodes, Options, result));
        await AnswerAsync(_a, ["a1"], more: true);
        await _a.ExpectMsgAsync<AskSessionPage>(); // The first page has been taken: a stop overtakes what is still in the mailbox.

        Sys.Stop(actor);

        AssertList(await result.Task, ["a a1"], "a", "b");
    }

    [Fact]
    public async Task ASession_ShouldBeEnded_OnTheNodeThatHasIt()
    {
        var end = End(out var id);

        var asked = await _a.ExpectMsgAsync<EndSession>();
        Assert.Equal(id, asked.Id);
        _a.Reply(new SessionEndAnswer(asked.Ask, true));

        AssertEnd(await end, "a"); // Without waiting for the other.
    }

    [Fact]
    public async Task AnUnknownSession_ShouldBeUnknown_WhenAllNodesSaySo()
    {
        var end = End(out _);

        foreach (var node in (TestProbe[])[_a, _b]) node.Reply(new SessionEndAnswer((await node.ExpectMsgAsync<EndSession>()).Ask, false));

        AssertEnd(await end, null);
    }

    [Fact]
    public async Task ASessionThatIsNotFound_ShouldNotBeCalledUnknown_WhenANodeIsSilent()
    {
        var end = End(out _);
        _a.Reply(new SessionEndAnswer((await _a.ExpectMsgAsync<EndSession>()).Ask, false));
        await _b.ExpectMsgAsync<EndSession>();

        this.AdvanceSeconds(2.9);
        Assert.False(end.IsCompleted);
        this.AdvanceSeconds(0.1);

        AssertEnd(await end, null, "b");
    }

    private static SessionInfo Session(string user) => new(SessionId.NewId()) { User = user };

    private static async Task AnswerAsync(TestProbe node, string[] users, bool more = false)
    {
        var asked = await node.ExpectMsgAsync<AskSessionPage>();
        node.Reply(new SessionPage(asked.Ask, [.. users.Select(Session)], more ? SessionId.NewId() : null));
    }

    private static void AssertList(SessionList list, string[] sessions, params string[] unanswered)
    {
        Assert.Equal(sessions, list.Sessions.Select(x => $"{x.Node} {x.Session.User}"));
        Assert.Equal(unanswered, list.UnansweredNodes);
    }

    private static void AssertEnd(SessionEnd end, string? node, params string[] unanswered)
    {
        Assert.Equal((node is not null, node), (end.IsFound, end.Node));
        Assert.Equal(unanswered, end.UnansweredNodes);
    }

    private Task<SessionList> List()
    {
        var result = new TaskCompletionSource<SessionList>();
        Sys.ActorOf(SessionListActor.Props(_nodes, Options, result));
        return result.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private Task<SessionEnd> End(out SessionId id)
    {
        var result = new TaskCompletionSource<SessionEnd>();
        id = SessionId.NewId();
        Sys.ActorOf(SessionEndActor.Props(id, _nodes, Options, result));
        return result.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
