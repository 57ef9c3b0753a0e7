namespace Garm.Host.Events;

/// <summary>Waits for the loops of a connection, which do not throw.</summary>
internal static class LoopWait
{
    /// <summary>Whether the loop ends within the limit.</summary>
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
