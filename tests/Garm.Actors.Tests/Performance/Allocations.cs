namespace Garm.Actors.Tests.Performance;

/// <summary>Counts the bytes that code allocates, which are the same on slow and fast machines.</summary>
internal static class Allocations
{
    /// <summary>Bytes that one call allocates, on the average of many calls after some warm-up calls.</summary>
    public static double PerCall(Action call, int calls = 200)
    {
        for (var i = 0; i < 50; i++) call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
    }
}
