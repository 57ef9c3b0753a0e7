using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Garm.Golden.Scenarios;

namespace Garm.Golden.Comparing;

/// <summary>The rules for comparing JSON strings, by key.</summary>
internal sealed partial class StringRules(IdentityMap identities, TextRules texts, UserNames? users)
{
    /// <summary>What is wrong with the actual string; null when nothing is.</summary>
    public string? Fault(string expected, string actual, string key, JsonElement parent)
    {
        if (TimeRules.IsVolatile(key)) return TimeRules.VolatileFault(expected, actual);

        var equal = key switch
        {
            _ when TimeRules.IsInstant(key) => TimeRules.AreSameInstant(expected, actual),
            "token" or "hostname" or "version" => expected.Length > 0 == actual.Length > 0,
            "provider_fault" => texts.AreEqual(Readable(expected), Readable(actual)),
            "owner_id" when expected == users?.Recorded => actual == users.Actual,
            _ when IsRunnerName(key, parent) => AreSameRunner(expected, actual),
            _ => texts.AreEqual(expected, actual),
        };
        return equal ? null : $"expected {Json.Show(Json.FromText(expected))}, got {Json.Show(Json.FromText(actual))}";
    }

    private static bool IsRunnerName(string key, JsonElement parent) =>
        key == "runner_name"
        || (key == "name" && parent.Property("runner_status").ValueKind != JsonValueKind.Undefined);

    // <prefix>-<random>: the first occurrence of a name maps it, later ones must match.
    private bool AreSameRunner(string expected, string actual)
    {
        if (expected == actual || identities.RunnerNames.ContainsKey(expected)) return texts.AreEqual(expected, actual);

        var prefix = expected[..(expected.LastIndexOf('-') + 1)];
        if (prefix.Length == 0 || prefix != actual[..(actual.LastIndexOf('-') + 1)])
            return texts.AreEqual(expected, actual);

        identities.PairRunnerNames(expected, actual);
        return true;
    }

    private static string Readable(string base64)
    {
        var bytes = new byte[base64.Length];
        var text = Convert.TryFromBase64String(base64, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : base64;
        return Space().Replace(ProviderPath().Replace(text, "provider binary <path> "), " ");
    }

    [GeneratedRegex(@"provider binary \S+ ")]
    private static partial Regex ProviderPath();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

/// <summary>The administrator's name in the recording and in this run.</summary>
internal sealed record UserNames(string Recorded, string Actual);
