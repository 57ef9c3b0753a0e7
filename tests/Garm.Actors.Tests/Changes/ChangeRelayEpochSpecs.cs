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

        await EventFilter.Warning(contains: "has another history").ExpectOneAsync(() => this.AdvanceUntilAsync(
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

        await EventFilter.Warning(contains: "has another history").ExpectOneAsync(() => this.AdvanceUntilAsync(
            "the older copy is adopted", TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2),
            async () => (await rig.StateAsync()).Head.Position.Value == 20));

        var head = (await rig.StateAsync()).Head;
        Assert.NotEqual(Samples.Epoch, head.Epoch);
        Assert.Equal(head, await log.ReadHeadAsync(default));
        Assert.Equal(new HistoryChanged(head), await rig.Subscriber.ExpectMsgAsync<HistoryChanged>());
        rig.Bring(log.Commit(Samples.PoolUpdate));
        Assert.Equal([21], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldSendWhatIsNew_WhenAnOlderCopyWasWrittenOnPastTheOldEnd()
    {
        var log = new FailableChangeLog(chained: true);
        var rig = await RelayRig.RunningAsync(this, log);
        foreach (var batch in log.CommitMany(50)) rig.Bring(batch);
        await rig.UntilAsync(50);
        log.Restore(20);
        log.CommitMany(40);

        await rig.AdoptedAsync();

        var head = (await rig.StateAsync()).Head;
        Assert.NotEqual(Samples.Epoch, head.Epoch);
        Assert.Equal(20, (await rig.Subscriber.ExpectMsgAsync<HistoryChanged>()).Head.Position.Value);
        Assert.Equal(Enumerable.Range(21, 40).Select(x => (long)x), (await rig.UntilAsync(60)).Positions);
    }

    [Fact]
    public async Task Relay_ShouldLetNothingThrough_ThatFollowsAnotherPast()
    {
        var log = new FailableChangeLog(chained: true);
        var rig = await RelayRig.RunningAsync(this, log);
        foreach (var batch in log.CommitMany(5)) rig.Bring(batch);
        await rig.UntilAsync(5);
        log.Restore(3);
        log.CommitMany(2);

        // Its two predecessors were lost; by its position it would be the next one.
        rig.Bring(log.Commit(Samples.PoolUpdate));
        await rig.NothingCameAsync();
        await rig.AdoptedAsync();

        Assert.Equal(3, (await rig.Subscriber.ExpectMsgAsync<HistoryChanged>()).Head.Position.Value);
        Assert.Equal([4, 5, 6], (await rig.UntilAsync(6)).Positions);
    }

    [Fact]
    public async Task Relay_ShouldSendWhatItHasNotSent_WhenAnotherNodeBeganTheEpoch()
    {
        var log = new FailableChangeLog(chained: true);
        var rig = await RelayRig.RunningAsync(this, log);
        foreach (var batch in log.CommitMany(5)) rig.Bring(batch);
        await rig.UntilAsync(5);
        await log.EndAsync(Samples.Epoch, default);
        log.CommitMany(2);

        await rig.AdoptedAsync();

        Assert.Equal(5, (await rig.Subscriber.ExpectMsgAsync<HistoryChanged>()).Head.Position.Value);
        Assert.Equal([6, 7], (await rig.UntilAsync(7)).Positions);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Relay_ShouldSendWhatItKnowsToBeNew_WhenItsMemoryDoesNotReachBack(int remembered)
    {
        var log = new FailableChangeLog(chained: true);
        var rig = await RelayRig.RunningAsync(this, log, new ChangeRelayOptions { RecentChanges = remembered });
        foreach (var batch in log.CommitMany(10)) rig.Bring(batch);
        await rig.UntilAsync(10);
        log.Restore(2);
        log.CommitMany(10);

        await rig.AdoptedAsync();

        // The relay knows that the three places and the one before them have other chains now.
        var from = remembered == 0 ? 10 : 7;
        Assert.Equal(from - 1, (await rig.Subscriber.ExpectMsgAsync<HistoryChanged>()).Head.Position.Value);
        Assert.Equal(from, (await rig.UntilAsync(12)).Positions[0]);
    }

    [Fact]
    public async Task Relay_ShouldNotDoubtItsHistory_WhateverOrderThingsComeIn()
    {
        var log = new FailableChangeLog(chained: true);
        var rig = await RelayRig.RunningAsync(this, log);
        var batches = Enumerable.Range(0, 30).Select(i => log.Commit([.. Enumerable.Repeat(Samples.PoolUpdate, 1 + (i % 3))])).ToList();
        rig.Bring([.. batches.Take(10).Reverse()]);
        rig.Bring([.. batches.Skip(20), .. batches.Take(5)]);

        var (positions, _) = await rig.UntilAsync(60);

        Assert.Equal(Enumerable.Range(1, 60).Select(x => (long)x), positions);
        Assert.Equal(await log.ReadHeadAsync(default), (await rig.StateAsync()).Head);
    }

    [Fact]
    public async Task Relay_ShouldFindTheOtherEpoch_WhileItRepairs()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Become(Samples.OtherEpoch, 3);

        rig.Bring(Samples.Batch(5));
        await rig.StateAsync();
        this.Advance(rig.Options.GapPatience);
        await AwaitConditionAsync(() => Task.FromResult(rig.Log.PageReads >= 1));
        await AwaitAssertAsync(async () =>
            Assert.Equal(Samples.Head(3, Samples.OtherEpoch), (await rig.StateAsync()).Head));

        Assert.Equal(new HistoryChanged(Samples.Head(3, Samples.OtherEpoch)), await rig.Subscriber.ExpectMsgAsync<HistoryChanged>());
        await rig.NothingCameAsync();
    }
}
