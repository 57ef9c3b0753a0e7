namespace Garm.Actors.Hosting;

/// <summary>
/// Finds unbalanced brackets and quotes. Akka's parser silently drops what follows a missing bracket, or never returns when it is that of
/// a list.
/// </summary>
internal static class HoconBrackets
{
    /// <summary>The first error, as a message; null when all brackets and quotes outside of comments are balanced.</summary>
    public static string? FindFault(ReadOnlySpan<char> text)
    {
        Stack<(char Close, int Line)> open = [];
        var line = 1;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    line++;
                    break;
                case '#' or '/' when text[i] == '#' || text[i..].StartsWith("//"):
                    i = EndOfLine(text, i) - 1;
                    break;
                case '"':
                    var end = EndOfString(text, i);
                    if (end < 0) return $"line {line}: the quote is not closed";
                    line += text[i..end].Count('\n');
                    i = end - 1;
                    break;
                case '{':
                    open.Push(('}', line));
                    break;
                case '[':
                    open.Push((']', line));
                    break;
                case '}' or ']' when !open.TryPop(out var expected) || expected.Close != text[i]:
                    return $"line {line}: '{text[i]}' closes nothing";
            }
        }

        return open.TryPop(out var left) ? $"line {left.Line}: '{left.Close}' is missing" : null;
    }

    private static int EndOfLine(ReadOnlySpan<char> text, int from)
    {
        var length = text[from..].IndexOf('\n');
        return length < 0 ? text.Length : from + length;
    }

    private static int EndOfString(ReadOnlySpan<char> text, int from)
    {
        const string Block = "\"\"\"";
        if (text[from..].StartsWith(Block))
        {
            var length = text[(from + Block.Length)..].IndexOf(Block);
            return length < 0 ? -1 : from + length + (2 * Block.Length);
        }

        for (var i = from + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '"') return i + 1;
            if (text[i] == '\\') i++;
        }

        return -1;
    }
}
