using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Garm.Contracts.Json;

/// <summary>
/// Escapes strings as Go's encoding/json does, because answers must equal GARM's byte for byte: <c>&lt;</c>, <c>&gt;</c>,
/// <c>&amp;</c>, U+2028 and U+2029 as <c>\u00XX</c> with lower-case digits, control characters likewise or in their short
/// form, and everything else unescaped.
/// </summary>
public sealed class GoJavaScriptEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '<', '>', '&', '\u2028', '\u2029']);

    /// <summary>The single instance.</summary>
    public static GoJavaScriptEncoder Instance { get; } = new();

    private GoJavaScriptEncoder()
    {
    }

    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc />
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var escaped = span.IndexOfAny(Escaped);
        // A lone surrogate has to be replaced, which only the slow path does.
        var surrogate = span.IndexOfAnyInRange('\ud800', '\udfff');
        return (escaped, surrogate) switch
        {
            ( < 0, _) => surrogate,
            (_, < 0) => escaped,
            _ => Math.Min(escaped, surrogate),
        };
    }

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar <= char.MaxValue && Escaped.Contains((char)unicodeScalar);

    /// <inheritdoc />
    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        numberOfCharactersWritten = 0;
        if (!WillEncode(unicodeScalar))
            return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);

        var text = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => $"\\u{unicodeScalar:x4}",
        };
        if (!text.TryCopyTo(output)) return false;
        numberOfCharactersWritten = text.Length;
        return true;
    }
}
