using Xunit;

namespace Garm.TestUtilities;

/// <summary>
/// Tests that take long: faults, fuzzers, several nodes, restarts. They run where <c>GARM_TEST_ALL</c> is 1, as in <c>.ci/run</c>,
/// and are shown as skipped elsewhere.
/// </summary>
public static class LongTests
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "GARM_TEST_ALL";

    /// <summary>Why they are skipped; null where they run.</summary>
    public static string? SkipReason { get; } =
        Environment.GetEnvironmentVariable(Variable) == "1" ? null : $"it takes long, and {Variable} is not 1";
}

/// <summary>A test that takes long (<see cref="LongTests"/>).</summary>
public sealed class LongFactAttribute : SkippableFactAttribute
{
    /// <summary>Skipped unless all tests are asked for.</summary>
    public LongFactAttribute() => Skip = LongTests.SkipReason;
}

/// <summary>A test with cases that takes long (<see cref="LongTests"/>).</summary>
public sealed class LongTheoryAttribute : SkippableTheoryAttribute
{
    /// <summary>Skipped unless all tests are asked for.</summary>
    public LongTheoryAttribute() => Skip = LongTests.SkipReason;
}
