using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Sessions;

public sealed class EventSessionConnectionSpecs() : TestKit(VirtualTime.Config)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Session_ShouldPingEvery54Seconds_FromTheStart()
    {
        var rig = SessionRig.Start(this, options: new EventSessionOptions { ConfirmTimeout = TimeSpan.FromHours(1) });
        await rig.StatsAsync();

        this.Advance(TimeSpan.FromSeconds(54) - Moment);
        Assert.Empty(await rig.EventsAsync());
        this.Advance(Moment);
        Assert.Equal(["ping"], await rig.EventsAsync());
        this.AdvanceSeconds(54);
        Assert.Equal(["ping"], await rig.EventsAsync());
    }

    [Fact]
    public async Task Session_ShouldAnswerAPing_WithItsPayload()
    {
        var rig = SessionRig.Start(this);

        rig.Session.Tell(new ClientPing("are you there"u8.ToArray()));

        Assert.Equal(["pong are you there"], await rig.EventsAsync());
    }

    /// <summary>A client may take the pong as the sign that its filter is in effect, and then change an entity.</summary>
    [Fact]
    public async Task Session_ShouldAnswerAPingThatFollowsAFilter_OnlyOnceTheFilterIsInForce()
    {
        var rig = SessionRig.Start(this);
        rig.Say("""{"send-everything":true}""");
        rig.Session.Tell(new ClientPing("in force"u8.ToArray()));
        await rig.StatsAsync();
        Assert.Empty(await rig.EventsAsync());

        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await rig.SubscribedAsync();

        await rig.StatsAsync();
        Assert.Equal(["pong in force"], await rig.EventsAsync());
    }

    [Fact]
    public async Task Session_ShouldStay_WhenTheClientNeverAnswersAPing()
    {
        var rig = await SessionRig.LiveAsync(this);
        await rig.StatsAsync();

        foreach (var seconds in (int[])[54, 54, 54, 28])
        {
            this.AdvanceSeconds(seconds);
            await rig.StatsAsync();
        }

        Assert.Equal(["ping", "ping", "ping"], await rig.EventsAsync());
        Assert.True((await rig.StatsAsync()).Live);
    }

    [Fact]
    public async Task Session_ShouldClose60SecondsAfterAPong_WhenNoFurtherPongComes()
    {
        var rig = await SessionRig.LiveAsync(this);
        await rig.StatsAsync();
        this.AdvanceSeconds(2);
        rig.Session.Tell(ClientPong.Instance);
        await rig.StatsAsync();

        this.Advance(TimeSpan.FromSeconds(60) - Moment);
        rig.Session.Tell(new ClientPing("nor does this renew it"u8.ToArray()));
        rig.Say("""{"filters":[{"entity-type":"pool"}]}""");
        await rig.StatsAsync();

        this.Advance(Moment);
        Assert.Equal("close 1000", (await rig.EndAsync())[^1]);
    }

    [Fact]
    public async Task Session_ShouldStay_WhileEachPongComesInTime()
    {
        var rig = await SessionRig.LiveAsync(this);
        for (var i = 0; i < 5; i++)
        {
            rig.Session.Tell(ClientPong.Instance);
            await rig.StatsAsync();
            this.Advance(TimeSpan.FromSeconds(60) - Moment);
        }

        Assert.True((await rig.StatsAsync()).Live);
    }

    [Theory]
    [InlineData((ushort)1000, "close 1000")]
    [InlineData((ushort)1001, "close 1001")]
    [InlineData((ushort)4000, "close 4000")]
    [InlineData(null, "close")]
    public async Task Session_ShouldEchoTheClientsClose_WithoutAReason(ushort? code, string expected)
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.Session.Tell(new ClientClosed(code));

        Assert.Equal([expected], await rig.EndAsync());
        Assert.False(rig.Queue.Aborted);
    }

    [Theory]
    [InlineData(SessionCloseReason.MessageTooBig, "close 1009")]
    [InlineData(SessionCloseReason.ProtocolError, "close 1002")]
    public async Task Session_ShouldCloseForTheReason_WhenTheConnectionFails(SessionCloseReason reason, string expected)
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.Session.Tell(new ClientFailed(reason));

        Assert.Equal([expected], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldTellTheBrokenRule_InItsCloseFrame()
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.Session.Tell(new ClientFailed(SessionCloseReason.ProtocolError, "bad close code 1005"));

        Assert.Equal(["close 1002 bad close code 1005"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldSendNothingMore_WhenThePeerIsGone()
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.Session.Tell(new ClientFailed(SessionCloseReason.ConnectionLost));
        rig.Relayed(Samples.PoolUpdate);

        Assert.Empty(await rig.EndAsync());
        Assert.True(rig.Queue.Aborted);
    }

    [Fact]
    public async Task Session_ShouldSendWhatIsQueued_BeforeItGoesAway()
    {
        var rig = await SessionRig.LiveAsync(this);

        rig.Relayed(Samples.PoolUpdate);
        rig.Session.Tell(new CloseSession(SessionCloseReason.GoingAway));

        Assert.Equal("close 1001", (await rig.EndAsync())[1]);
    }

    [Fact]
    public async Task Session_ShouldCloseItsSocket_WhenItFails()
    {
        var rig = await SessionRig.LiveAsync(this);

        await EventFilter.Exception<NullReferenceException>().ExpectOneAsync(() =>
        {
            rig.Session.Tell(new RelayedChanges(default));
            return Task.CompletedTask;
        });

        Assert.Equal(["close 1011"], await rig.EndAsync());
    }

    [Fact]
    public async Task Session_ShouldClose_WhenTheRelayIsGone()
    {
        var rig = await SessionRig.LiveAsync(this);

        Sys.Stop(rig.Relay.Ref);

        Assert.Equal(["close 1011"], await rig.EndAsync());
    }
}
