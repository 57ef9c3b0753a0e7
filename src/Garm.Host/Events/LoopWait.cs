namespace Garm.Host.Events;

/// <summary>Waits for a connection's loops, which do not throw.</summary>
internal static class LoopWait
{
    /// <summary>Whether the loop ends in time; one that ends in the moment in which the time is up has ended.</summary>
    public static async Task<bool> EndsWithinAsync(this Task loop, TimeSpan limit, TimeProvider time)
    {
        try
        {
            await loop.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            return loop.IsCompleted;
        }
    }
}
