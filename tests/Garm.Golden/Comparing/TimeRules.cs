using System.Globalization;
using System.Text.RegularExpressions;

namespace Garm.Golden.Comparing;

/// <summary>Compares times: the server's own need only have Go's format, a request's must be the same instant.</summary>
internal static partial class TimeRules
{
    private const string Zero = "0001-01-01T00:00:00Z";

    public static bool IsVolatile(string key) => key is "created_at" or "updated_at" or "heartbeat";

    public static bool IsInstant(string key) => key is "started_at" or "completed_at";

    /// <summary>What is wrong with a time that the server set; null when nothing is.</summary>
    public static string? VolatileFault(string expected, string actual)
    {
        if (!GoTime().IsMatch(actual)) return $"not a UTC time with up to nine digits: {actual}";
        if (expected == Zero == (actual == Zero)) return null;

        return $"expected {(expected == Zero ? "the zero time" : "a time other than zero")}, got {actual}";
    }

    public static bool AreSameInstant(string expected, string actual) =>
        expected == actual
        || (expected != Zero && actual != Zero && InstantOf(expected) is { } instant && instant == InstantOf(actual));

    private static DateTimeOffset? InstantOf(string text) =>
        Rfc3339().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;

    // Every recorded time has this format: UTC, without trailing zeros in the fraction.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z\z")]
    private static partial Regex GoTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();
}
