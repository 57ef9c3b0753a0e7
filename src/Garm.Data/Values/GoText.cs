using System.Globalization;
using System.Text;

namespace Garm.Data.Values;

/// <summary>Quotes texts as Go's <c>%q</c> does, which many of GARM's messages use.</summary>
public static class GoText
{
    /// <summary>In double quotes; quotes, backslashes and non-printable characters are escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            Append(quoted, rune);
        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder quoted, Rune rune)
    {
        const string named = "\a\b\f\n\r\t\v";
        if (rune.Value is '"' or '\\') quoted.Append('\\').Append((char)rune.Value);
        else if (rune.IsBmp && named.IndexOf((char)rune.Value) is >= 0 and var i) quoted.Append('\\').Append("abfnrtv"[i]);
        else if (rune.Value is < 0x20 or 0x7f) quoted.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else if (IsPrintable(rune)) quoted.Append(rune.ToString());
        else if (rune.IsBmp) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
