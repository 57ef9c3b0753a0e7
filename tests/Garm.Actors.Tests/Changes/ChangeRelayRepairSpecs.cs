using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Reads;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;

namespace Garm.Actors.Tests.Changes;

public sealed class ChangeRelayRepairSpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Relay_ShouldReadTheGapFromTheLog_WhenABatchIsLost()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = rig.Log.CommitMany(4);

        rig.Bring(batches[0], batches[3]);
        Assert.Equal([1], await rig.NextAsync());
        await rig.StateAsync();
        this.Advance(rig.Options.GapPatience);

        Assert.Equal([2, 3, 4], await rig.NextAsync());
        Assert.Equal(1, (await rig.StateAsync()).GapsRepaired);
    }

    [Fact]
    public async Task Relay_ShouldReadTheGapAtOnce_WhenItHasNoPatience()
    {
        var rig = await RelayRig.RunningAsync(this, options: new ChangeRelayOptions { GapPatience = TimeSpan.Zero });
        var batches = rig.Log.CommitMany(2);

        rig.Bring(batches[1]);

        Assert.Equal([1, 2], await rig.NextAsync());
    }

    [Fact]
    public async Task Relay_ShouldFindWhatWasLostWithinASecond_WhenNoEventFollows()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Commit(Samples.PoolUpdate);

        var (positions, took) = await rig.UntilAsync(1);

        Assert.Equal([1], positions);
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}.");
    }

    [Fact]
    public async Task Relay_ShouldNotLookAtTheHead_BeforeItIsTime()
    {
        var rig = await RelayRig.RunningAsync(this);
        this.Advance(rig.Options.PollInterval - TimeSpan.FromMilliseconds(1));
        await rig.StateAsync();
        Assert.Equal(1, rig.Log.HeadReads);

        this.Advance(TimeSpan.FromMilliseconds(1));
        await AwaitConditionAsync(() => Task.FromResult(rig.Log.HeadReads == 2));
    }

    [Fact]
    public async Task Relay_ShouldRelayEverything_WhenThereIsNoMediator()
    {
        var rig = await RelayRig.RunningAsync(this, withMediator: false);
        rig.Log.CommitMany(1_200);
        Assert.Equal(1_200, (await rig.UntilAsync(1_200)).Positions.Count);

        rig.Log.Commit(Samples.InstanceCreate);
        var (positions, took) = await rig.UntilAsync(1_201);

        Assert.Equal([1_201], positions);
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}.");
    }

    [Fact]
    public async Task Relay_ShouldReadPageAfterPage_WhenTheGapIsLong()
    {
        var rig = await RelayRig.RunningAsync(this, options: new ChangeRelayOptions { PageSize = 10 });
        var batches = rig.Log.CommitMany(35);

        rig.Bring(batches[^1]);
        var (positions, _) = await rig.UntilAsync(35);

        Assert.Equal(Enumerable.Range(1, 35).Select(i => (long)i), positions);
        Assert.Equal(4, rig.Log.PageReads);
    }

    [Fact]
    public async Task Relay_ShouldTryAgain_WhenTheRepairFails()
    {
        var rig = await RelayRig.RunningAsync(this);
        var batches = rig.Log.CommitMany(3);
        rig.Log.Fails = true;

        await EventFilter.Warning(contains: "The change log cannot be read").ExpectOneAsync(async () =>
        {
            rig.Bring(batches[2]);
            await this.AdvanceUntilAsync("five reads failed", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1),
                () => Task.FromResult(rig.Log.HeadReads >= 6));
        });
        await rig.NothingCameAsync();

        await EventFilter.Warning(contains: "The change log is read again").ExpectOneAsync(async () =>
        {
            rig.Log.Fails = false;
            Assert.Equal([1, 2, 3], (await rig.UntilAsync(3, step: TimeSpan.FromMilliseconds(200))).Positions);
        });
    }

    [Fact]
    public async Task Relay_ShouldGoOnLooking_WhenTheLogFailsForLong()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Fails = true;
        rig.Log.Commit(Samples.PoolUpdate);
        await this.AdvanceUntilAsync("twenty reads failed", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10),
            () => Task.FromResult(rig.Log.HeadReads > 20));

        rig.Log.Fails = false;

        Assert.Equal([1], (await rig.UntilAsync(1, step: TimeSpan.FromMilliseconds(500))).Positions);
    }

    [Fact]
    public async Task Relay_ShouldGiveUpARead_WhenItNeverAnswers()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Hangs = true;
        this.Advance(rig.Options.PollInterval);
        await AwaitConditionAsync(() => Task.FromResult(rig.Log.HeadReads == 2));
        rig.Log.Hangs = false;
        rig.Log.Commit(Samples.PoolUpdate);

        var (_, took) = await rig.UntilAsync(1, step: TimeSpan.FromMilliseconds(500));

        Assert.True(took >= rig.Options.Retry.ReadTimeout, $"It gave up after {took} already.");
    }

    [Fact]
    public async Task Relay_ShouldStart_WhenTheLogAnswersAtLast()
    {
        var rig = RelayRig.Start(this, new FailableChangeLog { Fails = true });
        rig.Log.CommitMany(3);
        Assert.False((await rig.StateAsync()).Running);
        rig.Subscriber.Send(rig.Relay, new Subscribe(rig.Subscriber.Ref, EventKinds.All));
        await this.AdvanceUntilAsync("some reads failed", TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1),
            () => Task.FromResult(rig.Log.HeadReads > 3));

        rig.Log.Fails = false;
        await this.AdvanceUntilAsync("the relay runs", TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1),
            async () => (await rig.StateAsync()).Running);

        Assert.Equal(3, (await rig.Subscriber.ExpectMsgAsync<Subscribed>()).After.Value);
    }

    [Fact]
    public async Task Relay_ShouldSayWhatRetentionTook_AndGoOn()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.CommitMany(9);
        rig.Log.Prune(6);

        await EventFilter.Warning(contains: "6 changes were pruned").ExpectOneAsync(async () =>
            Assert.Equal([7, 8, 9], (await rig.UntilAsync(9)).Positions));
    }

    [Fact]
    public async Task Relay_ShouldForgetABatch_WhenTheLogDoesNotHaveIt()
    {
        var rig = await RelayRig.RunningAsync(this);
        rig.Log.Commit(Samples.PoolUpdate);

        rig.Bring(Samples.Batch(40));
        Assert.Equal([1], (await rig.UntilAsync(1)).Positions);
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        Assert.Equal([2], (await rig.UntilAsync(2)).Positions);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 200)]
    [InlineData(3, 800)]
    [InlineData(9, 5_000)]
    [InlineData(500, 5_000)]
    public void Pause_ShouldDoubleToItsCap(int failuresBefore, int milliseconds)
    {
        var streak = new ReadBackoff(new RetryOptions());
        for (var i = 0; i < failuresBefore; i++) streak.Fail(DateTimeOffset.UnixEpoch);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), streak.Fail(DateTimeOffset.UnixEpoch).Delay);
    }

    [Fact]
    public void Warning_ShouldComeFirstAndThenAtIntervals()
    {
        var streak = new ReadBackoff(new RetryOptions { WarnEvery = TimeSpan.FromSeconds(60) });
        var warned = Enumerable.Range(0, 130).Where(i => streak.Fail(DateTimeOffset.UnixEpoch.AddSeconds(i)).Warn);

        Assert.Equal([0, 60, 120], warned);
        Assert.Equal(130, streak.Recover());
        Assert.Equal(0, streak.Recover());
        Assert.True(streak.Fail(DateTimeOffset.UnixEpoch.AddSeconds(131)).Warn);
    }
}
