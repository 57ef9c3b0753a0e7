using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Tests.Sessions;

/// <summary>The control frames for clients with a cursor, which no other client gets.</summary>
public sealed class EventSessionCursorSpecs() : TestKit(VirtualTime.Config)
{
    private const string Everything = "\"send-everything\":true";
    private static readonly LogRange Range = new(Samples.Epoch, new(2), new(9));

    [Fact]
    public async Task Session_ShouldSayCaughtUp_AndGiveEachEventACursor_WhenItBeginsNow()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now"}""");
        rig.RelayedAt(1);

        Assert.Equal(
            [
                $$"""{"control":"caught-up","cursor":"{{Cursor(0)}}"}""",
                $$"""{"entity-type":"pool","operation":"update","payload":{"id":1},"cursor":"{{Cursor(1)}}","committed-at":"1970-01-01T00:00:00.000000Z"}""",
            ],
            await rig.FramesAsync());
    }

    [Fact]
    public async Task Session_ShouldComeFromItsCursorToThePresent_WithoutGapOrDuplicate()
    {
        var rig = await FromAsync(2);
        Assert.Equal(Samples.Head(2), (await rig.ResumedAsync(false, 3, 4)).After);
        Assert.Equal(Samples.Head(4), (await rig.ResumedAsync(true, 5)).After);
        rig.RelayedAt(5, 6);

        Assert.Equal(["3", "4", "5", "caught-up", "6"], await ShortAsync(rig));
        Assert.True((await rig.StatsAsync()).Live);
    }

    [Fact]
    public async Task Session_ShouldReadTheLog_WhenMemoryDoesNotReachBack()
    {
        var rig = await FromAsync(2);
        Assert.Equal(2, (await rig.FromLogAsync(Range, 3, 4)).After?.Value);
        var asked = await rig.ResumedAsync(true, 5);

        Assert.True(asked.InLog);
        Assert.Equal(["3", "4", "5", "caught-up"], await ShortAsync(rig));
    }

    [Fact]
    public async Task Session_ShouldBeginWithTheOldestChange_WhenEarliestIsAskedFor()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say($$"""{{{Everything}},"cursor":"earliest"}""");
        Assert.Null((await rig.PageAsync(Range, 3)).After);
        Assert.Equal(3, (await rig.ResumedAsync(true)).After.Position.Value);

        Assert.Equal(["3", "caught-up"], await ShortAsync(rig));
    }

    /// <summary>An older copy was written on past the cursor's position while no node was running.</summary>
    [Theory]
    [InlineData(2, new long[] { 3, 4 })]
    [InlineData(9, new long[0])]
    public async Task Session_ShouldSayThatItsCursorIsUnknown_WhenTheLogHasAnotherPastThere(long position, long[] page)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say($$"""{{{Everything}},"cursor":"{{EventCursor.Encode(Samples.Head(position) with { Chain = new LogChain(5) })}}"}""");

        await rig.FromLogAsync(Range, page);

        Assert.Contains("\"cursor-unknown\"", Assert.Single(await rig.FramesAsync()));
    }

    [Fact]
    public async Task Session_ShouldNameTheEarliestCursor_WhenItsOwnIsExpired_AndGoOnFromAnother()
    {
        var rig = await FromAsync(1);
        await rig.FromLogAsync(Range);

        var error = Assert.Single(await rig.FramesAsync());
        Assert.StartsWith("""{"control":"error","code":"cursor-expired","message":""", error);
        Assert.EndsWith($"\"earliest\":\"{Cursor(2)}\"}}", error);
        rig.Say($$"""{"cursor":"{{Cursor(2)}}"}""");
        await rig.ResumedAsync(true, 3);
        Assert.Equal(["3", "caught-up"], await ShortAsync(rig));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(5, "fedcba9876543210")]
    public async Task Session_ShouldRefuseACursor_AheadOfTheLogOrOfAnotherHistory(long position, string? epoch)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        var cursor = EventCursor.Encode(Samples.Head(position, epoch is null ? null : new LogEpoch(epoch)));
        rig.Say($$"""{{{Everything}},"cursor":"{{cursor}}"}""");
        await rig.FromLogAsync(Range);

        Assert.Contains("\"cursor-unknown\"", Assert.Single(await rig.FramesAsync()));
        Assert.False((await rig.StatsAsync()).Live);
    }

    [Fact]
    public async Task Session_ShouldBeginWithTheSecondCursor_WhenBothCameBeforeItsUserWasConfirmed()
    {
        var rig = SessionRig.Start(this);
        rig.Say($$"""{{{Everything}},"cursor":"garbled"}""");
        rig.Say("""{"cursor":"now"}""");
        await rig.ConfirmAsync(SessionRig.GoodAccess);
        await rig.Relay.ExpectMsgAsync<Unsubscribe>();
        await rig.SubscribedAsync();

        var frames = await rig.FramesAsync();
        Assert.Contains("\"cursor-unknown\"", frames[0]);
        Assert.Equal($$"""{"control":"caught-up","cursor":"{{Cursor(0)}}"}""", Assert.Single(frames[1..]));
    }

    [Fact]
    public async Task Session_ShouldRefuseAGarbledCursor_AndBeginNothing_EvenWithALaterFilterAlone()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say($$"""{{{Everything}},"cursor":"garbled"}""");
        rig.Say($$"""{{{Everything}}}""");

        var frames = await rig.FramesAsync();
        Assert.Contains("\"cursor-unknown\"", frames[0]);
        Assert.Contains("\"cursor\\\" is missing", frames[1]);
        Assert.False((await rig.StatsAsync()).Live);
    }

    [Theory]
    [InlineData("""{"filters":[{"entity-type":"nothing"}],"cursor":"now"}""", "no entity type")]
    [InlineData("""{"filters":[{"entity-type":"pool","match":{"id":{}}}],"cursor":"now"}""", "match")]
    [InlineData("""{"send-everything":true,"cursor":7}""", "cursor")]
    [InlineData("""{"send-everything":true,"cursor":"now","heartbeat-seconds":-1}""", "heartbeat-seconds")]
    [InlineData("""{"cursor":"now"}""", "filters")]
    public async Task Session_ShouldSayWhatIsWrongWithAMessage_AndStay(string message, string about)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say(message);

        var error = Assert.Single(await rig.FramesAsync());
        Assert.StartsWith("""{"control":"error","code":"invalid-filter",""", error);
        Assert.Contains(about, error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Session_ShouldSendAHeartbeat_WhenNothingCameForItsTime(int together)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now","heartbeat-seconds":10}""");
        await rig.FramesAsync();
        this.AdvanceSeconds(6);
        rig.RelayedAt([.. Enumerable.Range(1, together).Select(x => (long)x)]);
        Assert.Equal(Enumerable.Range(1, together).Select(x => $"{x}"), await ShortAsync(rig));

        this.AdvanceSeconds(9);
        Assert.Empty(await rig.FramesAsync());
        while (rig.Relay.HasMessages) Assert.IsNotType<AskPlace>(await rig.Relay.ReceiveOneAsync(TimeSpan.FromSeconds(10)));
        this.AdvanceSeconds(1);
        var asked = await rig.Relay.FishForMessageAsync<AskPlace>(_ => true);
        rig.Relay.Send(rig.Session, new PlaceReached(asked.Round, Samples.Head(7)));

        Assert.Equal([$$"""{"control":"heartbeat","cursor":"{{Cursor(7)}}"}"""], await rig.FramesAsync());
    }

    [Fact]
    public async Task Session_ShouldBePastWhatItDoesNotWant_WhenABatchEndsWithThat()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync("""{"filters":[{"entity-type":"pool"}],"cursor":"now","heartbeat-seconds":0}""");
        rig.Relayed(Samples.PoolUpdate, Samples.PoolUpdate, Samples.InstanceCreate);

        rig.Session.Tell(new CloseSession(SessionCloseReason.GoingAway));

        var frames = await rig.EndAsync();
        Assert.Contains("\"going-away\"", frames[^2]);
        Assert.Contains($"\"cursor\":\"{Cursor(3)}\"", frames[^2]);
    }

    [Fact]
    public async Task Session_ShouldKeepItsPlace_WhenTheFilterChangesWhileItCatchesUp()
    {
        var rig = await FromAsync(2);
        await rig.ResumedAsync(false, 3);
        rig.Say("""{"filters":[{"entity-type":"pool"}]}""");
        await rig.StatsAsync();
        var stale = await rig.Relay.FishForMessageAsync<Resume>(x => x.Filter.Unconditional.Count > 3);
        var asked = await rig.ResumedAsync(true, 4);
        rig.Relay.Send(rig.Session, new Resumed(stale.Round, [Samples.Change(4).Relayed()], Samples.Head(4), true));

        Assert.Equal(3, asked.After.Position.Value);
        Assert.Equal(["3", "4", "caught-up"], await ShortAsync(rig));
    }

    [Fact]
    public async Task Session_ShouldWarnBeforeItsTokenEnds_AndTakeANewOneOfTheSameUser()
    {
        var rig = await SessionRig.ConfirmedAsync(this, TimeSpan.FromMinutes(5));
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now","heartbeat-seconds":0}""");
        await rig.FramesAsync();
        this.AdvanceSeconds(239);
        Assert.DoesNotContain(await rig.FramesAsync(), x => x.Contains("token"));
        this.AdvanceSeconds(1);
        Assert.StartsWith("""{"control":"token-expiring","expires-at":""", Assert.Single(await rig.FramesAsync()));

        rig.Tokens["other"] = new SessionGrant(new(Guid.NewGuid()), SessionRig.Generation, Sys.Scheduler.Now.AddHours(1));
        rig.Tokens["good"] = new SessionGrant(SessionRig.User, SessionRig.Generation, Sys.Scheduler.Now.AddMinutes(3));
        Assert.Contains("token-refused", await AnswerToAsync(rig, "other"));
        Assert.Contains("token-refused", await AnswerToAsync(rig, "garbage"));
        Assert.Contains("token-renewed", await AnswerToAsync(rig, "good"));

        this.AdvanceSeconds(61); // The first token has expired.
        Assert.True((await rig.StatsAsync()).Live);
        this.AdvanceSeconds(60);
        await rig.StatsAsync();
        this.AdvanceSeconds(60);
        Assert.Equal("close 1000", (await rig.EndAsync())[^1]);
    }

    [Fact]
    public async Task Session_ShouldNotWarnAgainAtOnce_AfterARenewal()
    {
        var rig = await SessionRig.ConfirmedAsync(this, TimeSpan.FromSeconds(50));
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now","heartbeat-seconds":0}""");
        Assert.Contains("token-expiring", string.Concat(await rig.FramesAsync()));
        rig.Tokens["same"] = new SessionGrant(SessionRig.User, SessionRig.Generation, Sys.Scheduler.Now.AddSeconds(50));
        rig.Tokens["short"] = new SessionGrant(SessionRig.User, SessionRig.Generation, Sys.Scheduler.Now.AddSeconds(40));

        foreach (var token in new[] { "same", "short" })
        {
            Assert.Contains("token-renewed", await AnswerToAsync(rig, token));
            rig.RelayedAt(token == "same" ? 1 : 2);
            Assert.DoesNotContain("token-expiring", string.Concat(await rig.FramesAsync()));
        }

        this.AdvanceSeconds(20);
        Assert.Contains("token-expiring", string.Concat(await rig.FramesAsync()));
    }

    [Theory]
    [InlineData("""{"token":5}""", EventErrorCodes.TokenRefused)]
    [InlineData("""{"heartbeat-seconds":-1}""", EventErrorCodes.InvalidFilter)]
    public async Task Session_ShouldRefuseAWrongField_AlsoInAMessageWithoutCursor(string message, string code)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now","heartbeat-seconds":0}""");
        await rig.FramesAsync();

        rig.Say(message);

        Assert.Contains($"\"{code}\"", await NextFramesAsync(rig));
        rig.RelayedAt(1);
        Assert.Equal(["1"], await ShortAsync(rig));
    }

    [Fact]
    public async Task Session_ShouldSayWhereToResume_WhenTheNodeStops()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now"}""");
        rig.RelayedAt(1);
        rig.Session.Tell(new CloseSession(SessionCloseReason.GoingAway));

        var frames = await rig.EndAsync();
        Assert.StartsWith($$"""text {"control":"going-away","cursor":"{{Cursor(1)}}","retry-after-ms":""", frames[^2]);
        Assert.Equal("close 1001", frames[^1]);
    }

    [Fact]
    public async Task Session_ShouldSayThatItsCursorIsUnknown_WhenTheHistoryChanges()
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        await rig.FilterAsync($$"""{{{Everything}},"cursor":"now"}""");
        await rig.FramesAsync();
        rig.Relay.Send(rig.Session, new HistoryChanged(Samples.Head(3, Samples.OtherEpoch)));
        rig.RelayedAt(1);

        Assert.Contains("\"cursor-unknown\"", Assert.Single(await rig.FramesAsync()));
    }

    [Fact]
    public async Task APlainSession_ShouldBeToldNothingButEvents()
    {
        var rig = await SessionRig.ConfirmedAsync(this, TimeSpan.FromSeconds(50));
        await rig.FilterAsync($$"""{{{Everything}},"heartbeat-seconds":1}""");
        rig.Relay.Send(rig.Session, new HistoryChanged(Samples.Head(0)));
        rig.RelayedAt(1);
        rig.Say("""{"token":"garbage"}""");
        await rig.StatsAsync();
        this.AdvanceSeconds(40);
        await rig.StatsAsync();
        rig.Session.Tell(new CloseSession(SessionCloseReason.GoingAway));

        Assert.Equal(["""text {"entity-type":"pool","operation":"update","payload":{"id":1}}""", "close 1001"], await rig.EndAsync());
    }

    private async Task<SessionRig> FromAsync(long position)
    {
        var rig = await SessionRig.ConfirmedAsync(this);
        rig.Say($$"""{{{Everything}},"cursor":"{{Cursor(position)}}"}""");
        return rig;
    }

    private async Task<string> AnswerToAsync(SessionRig rig, string token)
    {
        rig.Say($$"""{"token":"{{token}}"}""");
        return await NextFramesAsync(rig);
    }

    private async Task<string> NextFramesAsync(SessionRig rig)
    {
        var answer = "";
        await AwaitConditionAsync(async () => (answer = string.Concat(await rig.FramesAsync())).Length > 0);
        return answer;
    }

    private static string Cursor(long position) => EventCursor.Encode(Samples.Head(position));

    private static async Task<List<string>> ShortAsync(SessionRig rig) => [.. (await rig.FramesAsync()).Select(Short)];

    private static string Short(string frame) => frame.StartsWith("{\"control", StringComparison.Ordinal)
        ? frame.Split('"')[3]
        : frame.Split("{\"id\":")[1].Split('}')[0];
}
