using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Sessions;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Sessions;

/// <summary>A client that reads too slowly loses nothing: its session goes back to catching up.</summary>
public sealed class EventSessionParkingSpecs() : TestKit(VirtualTime.Config)
{
    private static readonly OutboundLimits TwoFrames = new(Bytes: 1_000_000, Frames: 2);

    [Fact]
    public async Task Session_ShouldParkWhenItsQueueIsFull_AndGoOnWhereItStopped_WhenThereIsRoom()
    {
        var rig = await SessionRig.LiveAsync(this, limits: TwoFrames);

        rig.RelayedAt(1, 2, 3, 4);
        rig.RelayedAt(5);
        Assert.False((await rig.StatsAsync()).Live);
        await rig.Relay.ExpectMsgAsync<Unsubscribe>();
        Assert.False(rig.Relay.HasMessages, "It should not ask before there is room.");

        Assert.Equal(2, rig.Queue.TakeAll().Count);
        Assert.Equal(Samples.Head(2), (await rig.ResumedAsync(true, 3, 4)).After);
        rig.RelayedAt(4, 5);
        await rig.StatsAsync();
        Assert.Equal(2, rig.Queue.TakeAll().Count);
        Assert.Equal(Samples.Head(4), (await rig.ResumedAsync(true, 5)).After);
        Assert.Single(await rig.FramesAsync());
        Assert.True((await rig.StatsAsync()).Live);
    }

    [Fact]
    public async Task Session_ShouldParkWhenItsQueueHasTooManyBytes()
    {
        var rig = await SessionRig.LiveAsync(this, limits: new OutboundLimits(Bytes: 1, Frames: 100));

        rig.RelayedAt(1, 2);

        Assert.False((await rig.StatsAsync()).Live);
        Assert.Single(rig.Queue.TakeAll());
        Assert.Equal(Samples.Head(1), (await rig.ResumedAsync(true, 2)).After);
    }

    [Fact]
    public async Task Session_ShouldCloseAsSlow_WhenRetentionHasTakenWhatFollowsItsPlace()
    {
        var rig = await SessionRig.LiveAsync(this, limits: TwoFrames);
        rig.RelayedAt(1, 2, 3);
        await rig.StatsAsync();
        rig.Queue.TakeAll();

        await rig.FromLogAsync(new LogRange(Samples.Epoch, new(7), new(9)));

        Assert.Equal(["close 1013 slow-consumer"], await rig.EndAsync());
    }

    [Fact]
    public async Task ASessionWithACursor_ShouldSayWhereToResume_BeforeItClosesAsSlow()
    {
        var rig = await SessionRig.ConfirmedAsync(this, limits: TwoFrames);
        await rig.FilterAsync("""{"send-everything":true,"cursor":"now"}""");
        rig.RelayedAt(1, 2, 3);
        await rig.StatsAsync();
        rig.Queue.TakeAll();

        await rig.FromLogAsync(new LogRange(Samples.Epoch, new(7), new(9)));

        var frames = await rig.EndAsync();
        Assert.Contains("\"code\":\"slow-consumer\"", frames[0]);
        Assert.Contains($"\"cursor\":\"{EventCursor.Encode(Samples.Head(1))}\"", frames[0]);
        Assert.Equal("close 1013 slow-consumer", frames[1]);
    }

    [Fact]
    public async Task APlainSession_ShouldGoOnInTheOtherHistory_WhenAnOlderCopyWasRestoredWhileItWasParked()
    {
        var rig = await ParkedAsync();
        var range = new LogRange(Samples.OtherEpoch, new(0), new(1));

        // The log has another history before the relay has noticed it.
        await rig.FromLogAsync(range);
        await rig.StatsAsync();
        this.Advance(rig.Options.LogRetry);
        var asked = await rig.Relay.FishForMessageAsync<Resume>(_ => true);
        rig.Relay.Send(rig.Session, new NotRecent(asked.Round) { PlaceNow = Samples.Head(1, Samples.OtherEpoch) });

        Assert.Equal(Samples.Head(1, Samples.OtherEpoch), (await rig.ResumedAsync(true)).After);
        Assert.True((await rig.StatsAsync()).Live);
        Assert.Empty(rig.Queue.TakeAll());
    }

    [Fact]
    public async Task APlainSession_ShouldCloseAsSlow_WhenNobodyKnowsWhereToGoOn()
    {
        var rig = await ParkedAsync();

        for (var i = 0; i < 40; i++)
        {
            await rig.FromLogAsync(new LogRange(Samples.OtherEpoch, new(0), new(1)));
            if (i < 39) await rig.StatsAsync(); // The session has processed the page before time moves.
            this.Advance(rig.Options.LogRetry);
        }

        Assert.Equal(["close 1013 slow-consumer"], await rig.EndAsync());
    }

    [Fact]
    public async Task ASessionWithACursor_ShouldBeToldThatItIsUnknown_WhenAnOlderCopyWasRestoredWhileItWasParked()
    {
        var rig = await SessionRig.ConfirmedAsync(this, limits: TwoFrames);
        await rig.FilterAsync("""{"send-everything":true,"cursor":"now"}""");
        rig.RelayedAt(1, 2, 3);
        await rig.StatsAsync();
        rig.Queue.TakeAll();

        var asked = await rig.Relay.FishForMessageAsync<Resume>(_ => true);
        rig.Relay.Send(rig.Session, new NotRecent(asked.Round) { PlaceNow = Samples.Head(1, Samples.OtherEpoch) });
        await rig.PageAsync(new LogRange(Samples.OtherEpoch, new(0), new(1)));

        Assert.Contains("\"cursor-unknown\"", Assert.Single(await rig.FramesAsync()));
    }

    [Fact]
    public void Queue_ShouldCallOnce_WhenHalfOfItIsFree()
    {
        var queue = new OutboundQueue(new OutboundLimits(1_000, 4));
        for (var i = 0; i < 4; i++) Assert.True(queue.TryEnqueue(new byte[1]));
        var calls = 0;
        queue.CallWhenRoom(() => calls++);

        queue.TryDequeue(out _);
        Assert.Equal(0, calls);
        queue.TryDequeue(out _);
        Assert.Equal(1, calls);
        queue.TryDequeue(out _);
        Assert.Equal(1, calls);
        queue.CallWhenRoom(() => calls++);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Queue_ShouldCountEachFrame_OfThoseThatComeTogether()
    {
        var queue = new OutboundQueue(new OutboundLimits(1_000, 4));

        Assert.False(queue.TryEnqueue(new byte[5], 5), "More than the limit, though the queue is empty.");
        Assert.False(queue.TryEnqueue(new byte[1_001], 2));
        Assert.True(queue.TryEnqueue(new byte[3], 3));
        Assert.False(queue.TryEnqueue(new byte[2], 2));
        Assert.True(queue.TryEnqueue(new byte[1]));
        Assert.Equal((4, 4L, 4L), (queue.Count, queue.Queued, queue.Bytes));

        var calls = 0;
        queue.CallWhenRoom(() => calls++);
        Assert.True(queue.TryDequeue(out var together));
        Assert.Equal((3, 3), (together.Count, together.Bytes.Length));
        Assert.Equal((1, 1L, 1), (queue.Count, queue.Bytes, calls));
    }

    // After two events, with room again.
    private async Task<SessionRig> ParkedAsync()
    {
        var rig = await SessionRig.LiveAsync(this, limits: TwoFrames);
        rig.RelayedAt(1, 2, 3);
        await rig.StatsAsync();
        Assert.Equal(2, rig.Queue.TakeAll().Count);
        return rig;
    }
}
