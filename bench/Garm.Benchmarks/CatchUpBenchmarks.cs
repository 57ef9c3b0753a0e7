using BenchmarkDotNet.Attributes;
using Garm.Actors.Changes;
using Garm.Log;

namespace Garm.Benchmarks;

/// <summary>A page from the recent changes, as a session that comes back reads it.</summary>
public class CatchUpBenchmarks
{
    private const int Held = 10_000;
    private readonly RecentChanges _recent = new(Held, long.MaxValue);

    /// <summary>How far the session is behind.</summary>
    [Params(500, 9_500)]
    public int Behind { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        for (var i = 1; i <= Held; i++) _recent.Add(new RelayedChange(Samples.Change(i), Samples.Epoch));
    }

    [Benchmark]
    public int PageOf500() => _recent.TryReadAfter(new LogPosition(Held - Behind), 500, out var changes)
        ? changes.Length
        : throw new InvalidOperationException("the ring does not reach back");
}
