using System.Diagnostics;
using System.Globalization;

namespace Garm.Fuzz.Tests.Support;

/// <summary>
/// How much is tried: <c>GARM_FUZZ_COUNT</c> cases, however long they take, or as many as fit into <c>GARM_FUZZ_SECONDS</c>; by
/// default a few seconds. <c>GARM_FUZZ_SEED</c> plays a run again whose failure named the seed.
/// </summary>
internal sealed class FuzzBounds
{
    private const int DefaultSeed = 12;
    private const int DefaultSeconds = 8;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int? _count = Number("GARM_FUZZ_COUNT");
    private readonly TimeSpan _budget = TimeSpan.FromSeconds(Number("GARM_FUZZ_SECONDS") ?? DefaultSeconds);

    /// <summary>What all cases are made of.</summary>
    public int Seed { get; } = Number("GARM_FUZZ_SEED") ?? DefaultSeed;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Whether there is a case of this number, from 0.</summary>
    public bool Has(int number) => _count is { } count ? number < count : _clock.Elapsed < _budget;

    /// <summary>The chances of one case: the same for the same seed and number, whatever came before.</summary>
    public Random ChancesOf(int number) => new(unchecked((Seed * 1_000_003) + number));

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;
}
