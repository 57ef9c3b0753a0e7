using Akka.TestKit.Xunit2;
using Garm.Actors.Changes;
using Garm.Actors.Tests.Support;
using Garm.Log;

namespace Garm.Actors.Tests.Changes;

public sealed class RetentionActorSpecs() : TestKit(VirtualTime.Config)
{
    private readonly Batches _batches = new();
    private readonly RetentionOptions _options = new();

    [Fact]
    public async Task Retention_ShouldGoOnAtOnce_WhileThereIsMore_AndRestThen()
    {
        _batches.Left = 3;
        Sys.ActorOf(RetentionActor.Props(_batches, _options));

        await this.AdvanceUntilAsync("it looked", _options.Interval, _options.Interval * 3, () => Task.FromResult(_batches.Asked >= 1));
        var took = await this.AdvanceUntilAsync("all is gone", _options.BatchPause, _options.BatchPause * 20, () => Task.FromResult(_batches.Asked == 4));
        Assert.True(took < _options.Interval);
        await this.AdvanceUntilAsync("it looks again", _options.Interval / 4, _options.Interval * 2, () => Task.FromResult(_batches.Asked == 5));
    }

    [Fact]
    public async Task Retention_ShouldTryAgain_WhenTheDatabaseFails()
    {
        _batches.Fails = true;
        Sys.ActorOf(RetentionActor.Props(_batches, _options));

        await EventFilter.Warning(contains: "The change log cannot be pruned").ExpectOneAsync(() => this.AdvanceUntilAsync(
            "it tried twice", _options.Interval / 4, _options.Interval * 5, () => Task.FromResult(_batches.Asked >= 2)));
    }

    private sealed class Batches : IChangeLogPruner
    {
        private int _asked;

        public int Left { get; set; }

        public bool Fails { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public async Task<bool> PruneAsync(CancellationToken cancellation)
        {
            await Task.Yield();
            var more = Left-- > 0;
            Interlocked.Increment(ref _asked);
            return Fails ? throw new InvalidOperationException("The database fails on command.") : more;
        }
    }
}
