using System.Diagnostics;

namespace Garm.TestUtilities;

/// <summary>Waits for a named condition by polling, when no event announces it.</summary>
public static class Retry
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Polls until the condition holds.</summary>
    /// <param name="condition">The name of the condition, for the failure.</param>
    /// <param name="holds">Tests the condition; it may throw to give up at once.</param>
    /// <exception cref="TimeoutException">The condition did not hold in time.</exception>
    public static async Task UntilAsync(string condition, Func<Task<bool>> holds, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > timeout)
                throw new TimeoutException($"waited {timeout.TotalSeconds} s in vain until {condition}");

            // The pause between two polls, which saves processor time.
            await Task.Delay(Pause);
        }
    }
}
