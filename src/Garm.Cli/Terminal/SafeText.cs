using System.Globalization;
using Garm.Contracts.Text;

namespace Garm.Cli.Terminal;

/// <summary>Text from outside that goes to a terminal.</summary>
internal static class SafeText
{
    private const int MaxLength = 120;

    /// <summary>Names come from outside: what would move the cursor or break the line must not reach a terminal.</summary>
    public static string Clean(string text)
    {
        var cut = text.Length <= MaxLength ? text : TextCut.To(text, MaxLength) + "…";
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = IsSafe(source[i]) ? source[i] : '\uFFFD';
        });
    }

    private static bool IsSafe(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator);
}
