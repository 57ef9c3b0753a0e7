using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Changes;

public sealed class FanOutBatchingSpecs() : TestKit(VirtualTime.Config)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly ChangeRelayOptions PausesForOneSubscriber = new()
    {
        Batching = new FanOutBatching { MinChanges = 3, CostPerSubscriber = Pause, PauseFactor = 1, MinPause = Pause },
    };

    [Theory]
    [InlineData(3, 1000, 0, 0)]
    [InlineData(4, 1000, 0, 60)]
    [InlineData(400, 1000, 0, 60)]
    [InlineData(4, 499, 0, 0)]
    [InlineData(4, 500, 0, 30)]
    [InlineData(4, 1, 0, 0)]
    [InlineData(4, 0, 0, 0)]
    [InlineData(4, 10_000, 0, 100)]
    [InlineData(23, 1000, 60, 0)]
    [InlineData(24, 1000, 60, 60)]
    [InlineData(4, 10_000, 100, 100)]
    [InlineData(4, 0, 60, 0)]
    public void ThePause_ShouldGrowWithTheSubscribers_AndComeOnlyWhereEventsGather(
        int changes, int told, int rested, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds), new FanOutBatching().PauseAfter(changes, told, TimeSpan.FromMilliseconds(rested)));

    [Fact]
    public async Task Relay_ShouldLetChangesGather_AfterItSentMany()
    {
        var rig = await RelayRig.RunningAsync(this, options: PausesForOneSubscriber);
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate, Samples.PoolUpdate));
        Assert.Equal([1, 2, 3], await rig.NextAsync());

        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));
        await WorkedOffAsync(rig);
        Assert.False(rig.Subscriber.HasMessages);

        this.Advance(Pause);
        Assert.Equal([4, 5], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldSendAtOnceAgain_WhenLittleGathered()
    {
        var rig = await RelayRig.RunningAsync(this, options: PausesForOneSubscriber);
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate, Samples.PoolUpdate));
        Assert.Equal([1, 2, 3], await rig.NextAsync());
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));
        await WorkedOffAsync(rig);
        this.Advance(Pause);
        Assert.Equal([4], await rig.NextAsync());

        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        Assert.Equal([5], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldSendAtOnceAgain_WhenOnlyTheRestLetChangesGather()
    {
        var batching = new FanOutBatching { MinChanges = 2, CostPerSubscriber = Pause / 2, PauseFactor = 2, MinPause = Pause };
        var rig = await RelayRig.RunningAsync(this, options: new ChangeRelayOptions { Batching = batching });
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate));
        Assert.Equal([1, 2], await rig.NextAsync());
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate, Samples.PoolUpdate));
        await WorkedOffAsync(rig);
        this.Advance(Pause);
        Assert.Equal([3, 4, 5], await rig.NextAsync());

        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        Assert.Equal([6], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldSendAtOnce_WhenItSentLittle()
    {
        var rig = await RelayRig.RunningAsync(this, options: PausesForOneSubscriber);
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate));
        Assert.Equal([1, 2], await rig.NextAsync());

        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        Assert.Equal([3], await rig.NextAsync());
    }

    [Fact]
    public async Task WhoeverComesDuringARest_ShouldFindEverythingSent()
    {
        var rig = await RelayRig.RunningAsync(this, options: PausesForOneSubscriber);
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate, Samples.PoolUpdate));
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        var later = CreateTestProbe();
        var subscribed = await rig.SubscribeAsync(later, Samples.Kinds(Samples.PoolUpdate));

        Assert.Equal(4, subscribed.After.Value);
        Assert.Equal([1, 2, 3, 4], (await rig.UntilAsync(4)).Positions);
        await rig.NothingCameAsync(later);
    }

    // The mailbox is processed in order, and the relay's message to itself comes before the second answer. Unlike a query to the
    // relay, this one does not make it send.
    private static async Task WorkedOffAsync(RelayRig rig)
    {
        await rig.Relay.Ask<ActorIdentity>(new Identify(1));
        await rig.Relay.Ask<ActorIdentity>(new Identify(2));
    }
}
