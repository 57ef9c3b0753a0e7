using Akka.Actor;
using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Changes;

public sealed class LogPagesActorSpecs : TestKit
{
    private readonly FailableChangeLog _log = new();

    [Fact]
    public async Task Pages_ShouldBeSharedByAllThatAskForTheSamePlace()
    {
        _log.CommitMany(3);
        var pages = Sys.ActorOf(LogPagesActor.Props(_log, new LogPagesOptions()));
        _log.Hold();
        for (var i = 0; i < 1_000; i++) pages.Tell(new ReadLogPage(new LogPosition(1), i), TestActor);
        _log.Release();

        var first = await ExpectMsgAsync<LogPage>();
        for (var i = 1; i < 1_000; i++)
        {
            var page = await ExpectMsgAsync<LogPage>();
            Assert.Equal(i, page.Round);
        }

        Assert.Equal([2, 3], first.Changes.Select(x => x.Change).Positions());
        Assert.InRange(_log.PageReads, 1, 2);
    }

    [Fact]
    public async Task Pages_ShouldBeReadByABoundedNumberAtOnce()
    {
        _log.CommitMany(50);
        var pages = Sys.ActorOf(LogPagesActor.Props(_log, new LogPagesOptions { Readers = 3 }));
        _log.Hold();
        for (var i = 0; i < 50; i++) pages.Tell(new ReadLogPage(new LogPosition(i), i), TestActor);
        await AwaitConditionAsync(() => Task.FromResult(_log.PageReads == 3));
        _log.Release();

        for (var i = 0; i < 50; i++) await ExpectMsgAsync<LogPage>();
        Assert.Equal(3, _log.MostReadsAtOnce);
    }

    [Fact]
    public async Task APage_ShouldTellOfAFailedRead_AndTheNextOneIsRead()
    {
        _log.CommitMany(1);
        var pages = Sys.ActorOf(LogPagesActor.Props(_log, new LogPagesOptions { Readers = 1 }));
        _log.Fails = true;
        pages.Tell(new ReadLogPage(LogPosition.Origin, 1), TestActor);
        Assert.Equal(1, (await ExpectMsgAsync<LogPageFailed>()).Round);
        _log.Fails = false;
        pages.Tell(new ReadLogPage(LogPosition.Origin, 2), TestActor);

        Assert.Single((await ExpectMsgAsync<LogPage>()).Changes);
    }

    [Fact]
    public async Task APage_ShouldTellThatItsPlaceIsExpired_AndTheEarliestIsWhatIsLeft()
    {
        _log.CommitMany(5);
        _log.Prune(3);

        var pruned = await LogPageReads.ReadAsync(_log, new LogPosition(1), 10, default);
        var earliest = await LogPageReads.ReadAsync(_log, null, 10, default);

        Assert.True(pruned.IsExpired);
        Assert.Equal(3, pruned.Range.Earliest.Value);
        Assert.Equal([4, 5], earliest.Changes.Select(x => x.Change).Positions());
        Assert.False((await LogPageReads.ReadAsync(_log, new LogPosition(5), 10, default)).IsExpired);
    }
}
