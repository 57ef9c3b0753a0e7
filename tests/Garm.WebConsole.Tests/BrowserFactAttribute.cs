using Garm.TestUtilities;

namespace Garm.WebConsole.Tests;

/// <summary>A test in a real browser: it runs where <c>GARM_TEST_ALL</c> is 1 and there is a Chromium on the path.</summary>
public sealed class BrowserFactAttribute : SkippableFactAttribute
{
    public BrowserFactAttribute() => Skip = SkipReason;

    /// <summary>Where Chromium is; null when it is not there.</summary>
    public static string? Chromium { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(x => (string[])[Path.Combine(x, "chromium"), Path.Combine(x, "chromium-browser"), Path.Combine(x, "google-chrome")])
        .FirstOrDefault(File.Exists);

    /// <summary>Why they are skipped; null where they run.</summary>
    public static string? SkipReason { get; } = LongTests.SkipReason ?? (Chromium is null ? "there is no Chromium on the path" : null);
}

/// <inheritdoc cref="BrowserFactAttribute"/>
public sealed class BrowserTheoryAttribute : SkippableTheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserFactAttribute.SkipReason;
}
