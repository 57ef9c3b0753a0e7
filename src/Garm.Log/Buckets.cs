using System.Diagnostics.Metrics;

namespace Garm.Log;

/// <summary>The bounds of histograms, in seconds.</summary>
public static class Buckets
{
    /// <summary>From 50 µs, which is negligible, to 10 s, which is an outage.</summary>
    public static InstrumentAdvice<double> OfWaits { get; } = new()
    {
        HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    };
}
