using System.Diagnostics;

namespace Garm.TestUtilities;

/// <summary>Waiting for a condition that has a name, for conditions that nothing announces.</summary>
public static class Retry
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the condition holds.</summary>
    /// <param name="condition">What is waited for, as the failure should name it.</param>
    /// <param name="holds">Asks; it may throw to give up at once.</param>
    /// <exception cref="TimeoutException">The condition did not hold in time.</exception>
    public static async Task UntilAsync(string condition, Func<Task<bool>> holds, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
                throw new TimeoutException($"waited {timeout.TotalSeconds} s in vain until {condition}");

            // Only the pause between two questions, so that asking does not take the machine's time.
            await Task.Delay(Pause);
        }
    }
}
