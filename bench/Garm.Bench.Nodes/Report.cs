namespace Garm.Bench.Nodes;

/// <summary>What a run measured; times in milliseconds from before the write was sent until the event was read.</summary>
/// <param name="A">Where it was written.</param>
/// <param name="B">On the other node.</param>
/// <param name="MedianOfDifferences">B's time less A's, of the same event.</param>
internal sealed record Report(string Engine, int Events, double Rate, Side A, Side B, double MedianOfDifferences)
{
    private const double Limit = 2;

    /// <summary>B's median less A's.</summary>
    public double DifferenceOfMedians => Math.Round(B.P50 - A.P50, 3);

    /// <summary>Whether nothing was lost and B is within 2 ms of A.</summary>
    public bool Holds => A.Lost + B.Lost == 0 && DifferenceOfMedians <= Limit;
}

/// <summary>One subscriber.</summary>
internal sealed record Side(int Lost, double P50, double P99, double Max)
{
    public static Side Of(Listener listener, int first, int events)
    {
        var sorted = listener.LatenciesFrom(first);
        return new Side(events - sorted.Count, Percentile(sorted, 0.5), Percentile(sorted, 0.99), Percentile(sorted, 1));
    }

    /// <summary>Not a number without any.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : Math.Round(sorted[(int)((sorted.Count - 1) * share)], 3);
}
