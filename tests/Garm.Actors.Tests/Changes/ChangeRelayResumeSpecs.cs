using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Contracts.Events;
using Garm.Log;
using SessionFilter = Garm.Actors.Changes.EventFilter;

namespace Garm.Actors.Tests.Changes;

/// <summary>A reader catches up from a place and is subscribed in the same step.</summary>
public sealed class ChangeRelayResumeSpecs() : TestKit(VirtualTime.Config)
{
    [Fact]
    public async Task Relay_ShouldBringASubscriberOnFromMemory_AndSendWhatFollows()
    {
        var (rig, probe) = await StartedAsync();

        var resumed = Assert.IsType<Resumed>(await ResumeAsync(rig, probe, Samples.Head(1)));
        rig.Bring(rig.Log.Commit(Samples.PoolUpdate));

        Assert.True(resumed.IsLive);
        Assert.Equal([2, 3], resumed.Changes.Select(x => x.Change).Positions());
        Assert.Equal([4], await rig.NextAsync(probe));
        Assert.Equal(0, rig.Log.PageReads);
    }

    [Fact]
    public async Task Relay_ShouldAnswerInPages_AndSubscribeWithTheLast()
    {
        var (rig, probe) = await StartedAsync(new ChangeRelayOptions { PageSize = 2 });

        var first = Assert.IsType<Resumed>(await ResumeAsync(rig, probe, Samples.Head(0)));
        Assert.False(first.IsLive);
        Assert.Equal(Samples.Head(2), first.UpTo);
        Assert.Equal(1, (await rig.StateAsync()).Subscribers);
        Assert.True(Assert.IsType<Resumed>(await ResumeAsync(rig, probe, first.UpTo)).IsLive);
        Assert.Equal(2, (await rig.StateAsync()).Subscribers);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(2, true)]
    public async Task Relay_ShouldLeaveToTheLog_WhatItCannotKnow(long position, bool otherEpoch)
    {
        var (rig, probe) = await StartedAsync();

        var place = Samples.Head(position, otherEpoch ? Samples.OtherEpoch : null);

        Assert.IsType<NotRecent>(await ResumeAsync(rig, probe, place));
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(2, 2)]
    public async Task Relay_ShouldSayWhereToGoOn_WhenThePlaceIsOfAHistoryThatEnded(int place, int now)
    {
        var log = new FailableChangeLog(chained: true);
        var rig = await RelayRig.RunningAsync(this, log);
        var batches = log.CommitMany(5);
        foreach (var batch in batches) rig.Bring(batch);
        await rig.UntilAsync(5);
        log.Restore(3);
        var other = log.CommitMany(4);
        await rig.AdoptedAsync();
        await rig.UntilAsync(7);

        LogPlace After(int position, LogEpoch epoch) => new(epoch, new LogPosition(position), batches[position - 1].Changes[0].Chain);
        var parted = Assert.IsType<NotRecent>(await ResumeAsync(rig, CreateTestProbe(), After(place, Samples.Epoch)));

        var epoch = (await rig.StateAsync()).Head.Epoch;
        Assert.Equal(After(now, epoch), parted.PlaceNow);
        var resumed = await ResumeAsync(rig, CreateTestProbe(), After(3, epoch));
        Assert.Equal(other.Select(x => x.Changes[0].Position), Assert.IsType<Resumed>(resumed).Changes.Select(x => x.Change.Position));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Relay_ShouldLeaveToTheLog_APlaceWithAnotherPast(long position)
    {
        var (rig, probe) = await StartedAsync();

        Assert.IsType<NotRecent>(await ResumeAsync(rig, probe, Samples.Head(position) with { Chain = new LogChain(5) }));
    }

    [Fact]
    public async Task Relay_ShouldSubscribeOneThatIsAhead_WhenTheLogHasItsPlace()
    {
        var (rig, probe) = await StartedAsync();

        var resumed = Assert.IsType<Resumed>(await ResumeAsync(rig, probe, Samples.Head(9), inLog: true));

        Assert.True(resumed.IsLive);
        Assert.Equal(Samples.Head(9), resumed.UpTo);
    }

    [Fact]
    public async Task Relay_ShouldLeaveToTheLog_WhatIsNoLongerInMemory()
    {
        var (rig, probe) = await StartedAsync(new ChangeRelayOptions { RecentChanges = 1 });

        Assert.IsType<NotRecent>(await ResumeAsync(rig, probe, Samples.Head(1)));
        Assert.True(Assert.IsType<Resumed>(await ResumeAsync(rig, probe, Samples.Head(2))).IsLive);
    }

    [Fact]
    public async Task Relay_ShouldSayHowFarItSent()
    {
        var (rig, probe) = await StartedAsync();

        probe.Send(rig.Relay, new AskPlace(5));

        Assert.Equal(new PlaceReached(5, Samples.Head(3)), await probe.ExpectMsgAsync<PlaceReached>());
    }

    private async Task<(RelayRig Rig, TestProbe Probe)> StartedAsync(ChangeRelayOptions? options = null)
    {
        var rig = await RelayRig.RunningAsync(this, options: options);
        for (var i = 0; i < 3; i++) rig.Bring(rig.Log.Commit(Samples.PoolUpdate));
        return (rig, CreateTestProbe());
    }

    private static async Task<object> ResumeAsync(RelayRig rig, TestProbe probe, LogPlace after, bool inLog = false)
    {
        probe.Send(rig.Relay, new Resume(probe.Ref, SessionFilter.Of(EventKinds.All), after, inLog, 1));
        return await probe.ExpectMsgAsync<object>();
    }
}
