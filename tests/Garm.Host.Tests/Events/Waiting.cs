using Garm.TestUtilities;
using Xunit;

namespace Garm.Host.Tests.Events;

/// <summary>Waits for named conditions, so that a test that hangs says what it waits for.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> OrFail<T>(this Task<T> task, string condition)
    {
        await ((Task)task).OrFail(condition);
        return await task;
    }

    public static Task<T> OrFail<T>(this ValueTask<T> task, string condition) => task.AsTask().OrFail(condition);

    public static async Task OrFail(this Task task, string condition)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {Limit} in vain until {condition}.");
        }
    }

    public static Task UntilAsync(string condition, Func<bool> holds) =>
        Retry.UntilAsync(condition, () => Task.FromResult(holds()), Limit);
}
