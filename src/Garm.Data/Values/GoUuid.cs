namespace Garm.Data.Values;

/// <summary>Parses ids as GARM does: plain, without dashes, in braces, or as a URN.</summary>
internal static class GoUuid
{
    private const int Canonical = 36;
    private const string UrnPrefix = "urn:uuid:";
    private const string BadFormat = "invalid UUID format";

    /// <summary>The id, or what is wrong with the text, in GARM's words.</summary>
    public static bool TryParse(string text, out Guid id, out string error)
    {
        (var digits, error) = text.Length switch
        {
            Canonical => (text, ""),
            Canonical + 9 when text.StartsWith(UrnPrefix, StringComparison.OrdinalIgnoreCase) => (text[9..], ""),
            Canonical + 9 => ("", $"invalid urn prefix: \"{text[..9]}\""),
            Canonical + 2 => (text[1..^1], ""),
            32 => (text, ""),
            _ => ("", $"invalid UUID length: {System.Text.Encoding.UTF8.GetByteCount(text)}"),
        };
        id = default;
        if (error.Length > 0) return false;
        if (Guid.TryParseExact(digits, digits.Length == 32 ? "N" : "D", out id)) return true;
        error = BadFormat;
        return false;
    }
}
