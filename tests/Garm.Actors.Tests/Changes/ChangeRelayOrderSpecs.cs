using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Changes;

public sealed class ChangeRelayOrderSpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Relay_ShouldForwardABatch_WhenItIsNext()
    {
        var rig = await RelayRig.RunningAsync(this);

        rig.Bring(rig.Log.Commit(Samples.PoolUpdate, Samples.InstanceCreate));

        Assert.Equal([1, 2], await rig.NextAsync());
        Assert.Equal(Samples.Head(2), (await rig.StateAsync()).Head);
    }

    [Fact]
    public async Task Relay_ShouldBeginAtTheHead_WhenTheLogHasAPast()
    {
        var log = new FailableChangeLog();
        log.CommitMany(7);
        var rig = RelayRig.Start(this, log);

        var subscribed = await rig.SubscribeAsync(rig.Subscriber, Samples.Kinds(Samples.PoolUpdate));

        Assert.Equal(7, subscribed.After.Value);
        rig.Bring(log.Commit(Samples.PoolUpdate));
        Assert.Equal([8], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldForwardOnce_WhenABatchComesTwice()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batch = rig.Log.Commit(Samples.PoolUpdate);

        rig.Bring(batch, batch);

        Assert.Equal([1], await rig.NextAsync());
        await rig.NothingCameAsync();
    }

    [Fact]
    public async Task Relay_ShouldForwardTheRest_WhenABatchOverlaps()
    {
        var rig = await RelayRig.RunningAsync(this);
        var (first, second) = (rig.Log.Commit(Samples.PoolUpdate, Samples.PoolUpdate), rig.Log.Commit(Samples.PoolUpdate));

        rig.Bring(first, Samples.BatchOf([first.Changes[1], .. second.Changes]));

        Assert.Equal([1, 2, 3], (await rig.UntilAsync(3)).Positions);
    }

    [Fact]
    public async Task Relay_ShouldSendBatchesThatWaitTogether_InOneMessage()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = Enumerable.Range(0, 100).Select(_ => rig.Log.Commit(Samples.PoolUpdate)).ToArray();

        rig.Bring(batches);
        await rig.StateAsync();

        var messages = 0;
        var positions = new List<long>();
        while (rig.Subscriber.HasMessages)
        {
            messages++;
            positions.AddRange(await rig.NextAsync());
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(x => (long)x), positions);
        Assert.InRange(messages, 1, 99);
    }

    [Fact]
    public async Task Relay_ShouldSortBatches_WhenTheyComeSwapped()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = rig.Log.CommitMany(3);

        rig.Bring(batches[2], batches[1]);
        await rig.NothingCameAsync();
        rig.Bring(batches[0]);

        Assert.Equal([1, 2, 3], await rig.NextAsync());
        Assert.Equal(0, rig.Log.PageReads);
    }

    [Fact]
    public async Task Relay_ShouldNotAskTheLog_WhenAGapClosesByItself()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = rig.Log.CommitMany(2);

        rig.Bring(batches[1]);
        await rig.StateAsync();
        this.Advance(rig.Options.GapPatience - TimeSpan.FromMilliseconds(1));
        rig.Bring(batches[0]);
        Assert.Equal([1, 2], await rig.NextAsync());
        this.Advance(TimeSpan.FromMilliseconds(10));

        await rig.NothingCameAsync();
        Assert.Equal(0, rig.Log.PageReads);
        Assert.Equal(0, (await rig.StateAsync()).GapsRepaired);
    }

    [Fact]
    public async Task Relay_ShouldForwardNothingTwice_WhenABatchIsLateBehindItsRepair()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = rig.Log.CommitMany(2);

        rig.Bring(batches[1]);
        await rig.StateAsync();
        this.Advance(rig.Options.GapPatience);
        Assert.Equal([1, 2], await rig.NextAsync());
        rig.Bring(batches[0]);

        await rig.NothingCameAsync();
    }

    [Fact]
    public async Task Relay_ShouldForwardEverythingOnceInOrder_WhateverTheMediatorDoes()
    {
        var rig = await RelayRig.RunningAsync(this, options: new ChangeRelayOptions { MaxHeldChanges = 10, PageSize = 7 });
        var random = new Random(11);
        foreach (var batch in rig.Log.CommitMany(200).OrderBy(b => b.First.Value + (random.NextDouble() * 20)))
        {
            for (var copies = random.Next(3); copies > 0; copies--) rig.Bring(batch);
        }

        var (positions, _) = await rig.UntilAsync(200);

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), positions);
    }
}
