using System.Text.RegularExpressions;

namespace Garm.Golden.Comparing;

/// <summary>
/// Compares texts: recorded URLs and the run id are replaced, UUIDs are mapped one to one, numeric ids in a
/// message must have been mapped before.
/// </summary>
internal sealed partial class TextRules(IdentityMap identities, IReadOnlyList<Replacement> replacements)
{
    private const string NilUuid = "00000000-0000-0000-0000-000000000000";

    public bool AreEqual(string expected, string actual)
    {
        // Equal texts need no replacement, but their UUIDs are mapped to themselves from here on.
        if (expected != actual)
        {
            foreach (var (recorded, replaced) in replacements)
                expected = expected.Replace(recorded, replaced, StringComparison.Ordinal);
            foreach (var (recorded, replaced) in identities.RunnerNames)
                expected = expected.Replace(recorded, replaced, StringComparison.Ordinal);
        }

        var wanted = UuidsOf(expected);
        var got = UuidsOf(actual);
        return wanted.Count == got.Count
            && AreEqualButForIds(Uuid().Replace(expected, "<uuid>"), Uuid().Replace(actual, "<uuid>"))
            && wanted.Zip(got).All(pair => SameUuid(pair.First, pair.Second));
    }

    private bool SameUuid(string expected, string actual) =>
        expected == NilUuid || actual == NilUuid
            ? expected == actual
            : identities.Pair(IdKinds.Uuid, expected, actual);

    private bool AreEqualButForIds(string expected, string actual)
    {
        if (expected == actual) return true;

        var wanted = NumericId().Matches(expected);
        var got = NumericId().Matches(actual);
        return wanted.Count == got.Count
            && NumericId().Replace(expected, "<id>") == NumericId().Replace(actual, "<id>")
            && wanted.Zip(got).All(x => x.First.Value == x.Second.Value
                || identities.ArePaired(x.First.Value, x.Second.Value));
    }

    private static List<string> UuidsOf(string text) =>
        [.. Uuid().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"(?<=\bID:? |\bjob |/garm-agent/)\d+")]
    private static partial Regex NumericId();
}

/// <summary>A text of the recording, such as its base URL, and its replacement in this run.</summary>
internal sealed record Replacement(string Recorded, string Actual);
