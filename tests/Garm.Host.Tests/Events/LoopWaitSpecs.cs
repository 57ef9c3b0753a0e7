using Garm.Host.Events;

namespace Garm.Host.Tests.Events;

public sealed class LoopWaitSpecs
{
    [Fact]
    public async Task ALoopThatEndsJustWhenTheTimeIsUp_ShouldCountAsEnded()
    {
        var loop = new TaskCompletionSource();

        Assert.True(await loop.Task.EndsWithinAsync(TimeSpan.FromSeconds(1), new TimeIsUp(then: loop.SetResult)));
    }

    [Fact]
    public async Task ALoopThatGoesOn_ShouldNot() =>
        Assert.False(await new TaskCompletionSource().Task.EndsWithinAsync(TimeSpan.FromSeconds(1), new TimeIsUp(then: () => { })));

    /// <summary>Every wait ends at once, and then something happens before the waiter continues.</summary>
    private sealed class TimeIsUp(Action then) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            then();
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
