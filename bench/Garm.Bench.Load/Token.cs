using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace Garm.Bench.Load;

/// <summary>
/// What each write carries, somewhere in its text, as <c>@@writer:sequence:ticks@@</c>: from what arrives follow loss,
/// duplicates, order and the time on the way.
/// </summary>
internal readonly record struct Token(int Writer, int Sequence, long Ticks)
{
    private static ReadOnlySpan<byte> Mark => "@@"u8;

    /// <summary>A token of now.</summary>
    public static string Now(int writer, int sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"@@{writer}:{sequence}:{Stopwatch.GetTimestamp()}@@");

    /// <summary>Takes the next token from the text, which is moved behind it.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, out Token token)
    {
        token = default;
        while (text.IndexOf(Mark) is >= 0 and var at)
        {
            text = text[(at + Mark.Length)..];
            if (text.IndexOf(Mark) is not (>= 0 and var end)) return false;
            if (!TryParse(text[..end], out token)) continue; // The end of something else is a beginning.
            text = text[(end + Mark.Length)..];
            return true;
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out Token token)
    {
        token = default;
        if (!Utf8Parser.TryParse(text, out int writer, out var used) || used >= text.Length || text[used] != ':') return false;
        text = text[(used + 1)..];
        if (!Utf8Parser.TryParse(text, out int sequence, out used) || used >= text.Length || text[used] != ':') return false;
        text = text[(used + 1)..];
        if (!Utf8Parser.TryParse(text, out long ticks, out used) || used != text.Length) return false;
        token = new Token(writer, sequence, ticks);
        return true;
    }
}
