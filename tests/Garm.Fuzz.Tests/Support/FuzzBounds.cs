using System.Diagnostics;
using System.Globalization;

namespace Garm.Fuzz.Tests.Support;

/// <summary>
/// The number of cases: <c>GARM_FUZZ_COUNT</c>, without a time limit, or as many as fit into <c>GARM_FUZZ_SECONDS</c>; by
/// default a few seconds. <c>GARM_FUZZ_SEED</c> repeats the run whose failure named the seed.
/// </summary>
internal sealed class FuzzBounds
{
    private const int DefaultSeed = 12;
    private const int DefaultSeconds = 8;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int? _count = Number("GARM_FUZZ_COUNT");
    private readonly TimeSpan _budget = TimeSpan.FromSeconds(Number("GARM_FUZZ_SECONDS") ?? DefaultSeconds);

    /// <summary>The seed of all cases.</summary>
    public int Seed { get; } = Number("GARM_FUZZ_SEED") ?? DefaultSeed;

    /// <summary>The time so far.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Whether there is a case with this number, from 0.</summary>
    public bool Has(int number) => _count is { } count ? number < count : _clock.Elapsed < _budget;

    /// <summary>The random numbers of one case: the same for the same seed and number.</summary>
    public Random ChancesOf(int number) => new(unchecked((Seed * 1_000_003) + number));

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;
}
