namespace Garm.Actors.Tests.Performance;

/// <summary>Counts what code allocates: the same on a slow machine as on a fast one.</summary>
internal static class Allocations
{
    /// <summary>Bytes that one call allocates, on the average of many; the first calls, which set things up, do not count.</summary>
    public static double PerCall(Action call, int calls = 200)
    {
        for (var i = 0; i < 50; i++) call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
    }
}
