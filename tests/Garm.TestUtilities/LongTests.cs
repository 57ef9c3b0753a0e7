using Xunit;

namespace Garm.TestUtilities;

/// <summary>
/// Slow tests: faults, fuzzers, several nodes, restarts. They run when <c>GARM_TEST_ALL</c> is 1, as in <c>.ci/run</c>,
/// and are reported as skipped otherwise.
/// </summary>
public static class LongTests
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "GARM_TEST_ALL";

    /// <summary>Why they are skipped; null when they run.</summary>
    public static string? SkipReason { get; } =
        Environment.GetEnvironmentVariable(Variable) == "1" ? null : $"it takes long, and {Variable} is not 1";
}

/// <summary>A slow test (<see cref="LongTests"/>).</summary>
public sealed class LongFactAttribute : SkippableFactAttribute
{
    /// <summary>Skipped unless <c>GARM_TEST_ALL</c> is 1.</summary>
    public LongFactAttribute() => Skip = LongTests.SkipReason;
}

/// <summary>A slow test with cases (<see cref="LongTests"/>).</summary>
public sealed class LongTheoryAttribute : SkippableTheoryAttribute
{
    /// <summary>Skipped unless <c>GARM_TEST_ALL</c> is 1.</summary>
    public LongTheoryAttribute() => Skip = LongTests.SkipReason;
}
