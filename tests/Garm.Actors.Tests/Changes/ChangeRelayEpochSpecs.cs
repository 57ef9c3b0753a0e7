using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Changes;

public sealed class ChangeRelayEpochSpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Relay_ShouldAskTheDatabase_WhenABatchIsOfAnotherEpoch()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Commit(Samples.PoolUpdate);
        rig.Bring(Samples.Batch(1, epoch: Samples.OtherEpoch));
        await rig.StateAsync();

        this.Advance(TimeSpan.FromMilliseconds(1));
        await AwaitConditionAsync(() => Task.FromResult(rig.Log.HeadReads == 2));

        await rig.NothingCameAsync();
        Assert.Equal(Samples.Epoch, (await rig.StateAsync()).Head.Epoch);
    }

    [Fact]
    public async Task Relay_ShouldLookOnce_WhenAStrangeNodeGoesOnPublishing()
    {
        var rig = await RelayRig.RunningAsync(this);
        for (var i = 1; i <= 10; i++)
        {
            rig.Bring(Samples.Batch(i, epoch: Samples.OtherEpoch));
            await rig.StateAsync();
            this.Advance(TimeSpan.FromMilliseconds(1));
            await AwaitConditionAsync(() => Task.FromResult(rig.Log.HeadReads == 2));
        }
    }

    [Fact]
    public async Task Relay_ShouldGoOnFromTheHead_WhenTheDatabaseHasAnotherEpoch()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate), Samples.Batch(9));
        await rig.NextAsync();
        rig.Log.Become(Samples.OtherEpoch, 40);

        await EventFilter.Warning(contains: "is another history").ExpectOneAsync(() => this.AdvanceUntilAsync(
            "the other epoch is adopted", TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2),
            async () => (await rig.StateAsync()).Head == Samples.Head(40, Samples.OtherEpoch)));

        await rig.Subscriber.ExpectMsgAsync<HistoryChanged>();
        rig.Bring(rig.Log.Commit(Samples.InstanceCreate));
        Assert.Equal([41], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldGoOnFromTheHead_WhenTheDatabaseIsAnOlderCopy()
    {
        var log = new FailableChangeLog();
        log.CommitMany(50);
        var rig = await RelayRig.RunningAsync(this, log);
        log.Become(Samples.Epoch, 20);

        await EventFilter.Warning(contains: "is another history").ExpectOneAsync(() => this.AdvanceUntilAsync(
            "the older copy is adopted", TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2),
            async () => (await rig.StateAsync()).Head.Last.Value == 20));

        var head = (await rig.StateAsync()).Head;
        Assert.NotEqual(Samples.Epoch, head.Epoch);
        Assert.Equal(head, await log.ReadHeadAsync(default));
        Assert.Equal(new HistoryChanged(head), await rig.Subscriber.ExpectMsgAsync<HistoryChanged>());
        rig.Bring(log.Commit(Samples.PoolUpdate));
        Assert.Equal([21], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldFindTheOtherEpoch_WhileItRepairs()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Become(Samples.OtherEpoch, 3);

        rig.Bring(Samples.Batch(5));
        await rig.StateAsync();
        this.Advance(rig.Options.GapPatience);
        await AwaitConditionAsync(() => Task.FromResult(rig.Log.PageReads == 1));
        await AwaitAssertAsync(async () =>
            Assert.Equal(Samples.Head(3, Samples.OtherEpoch), (await rig.StateAsync()).Head));

        Assert.Equal(new HistoryChanged(Samples.Head(3, Samples.OtherEpoch)), await rig.Subscriber.ExpectMsgAsync<HistoryChanged>());
        await rig.NothingCameAsync();
    }
}
