using System.Text;

namespace Garm.Data.Files;

/// <summary>
/// Detects a content's media type from its first bytes as GARM does: by the signatures of the WHATWG's MIME sniffing standard, as
/// in Go's <c>http.DetectContentType</c>, and for other binary content by those of <see cref="BinaryTypes"/>.
/// </summary>
internal static class MediaTypes
{
    private const int Looked = 512;
    private const string Binary = "application/octet-stream";
    private const string Text = "text/plain; charset=utf-8";

    private static readonly (byte[] Magic, string Type)[] Signatures =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ("%!PS-Adobe-"u8.ToArray(), "application/postscript"),
        ([0xFE, 0xFF], "text/plain; charset=utf-16be"),
        ([0xFF, 0xFE], "text/plain; charset=utf-16le"),
        ([0xEF, 0xBB, 0xBF], Text),
        ([0x00, 0x00, 0x01, 0x00], "image/x-icon"),
        ([0x00, 0x00, 0x02, 0x00], "image/x-icon"),
        ("BM"u8.ToArray(), "image/bmp"),
        ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("ID3"u8.ToArray(), "audio/mpeg"),
        ("OggS\0"u8.ToArray(), "application/ogg"),
        ("MThd\0\0\0\x06"u8.ToArray(), "audio/midi"),
        ([0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        ([0x00, 0x01, 0x00, 0x00], "font/ttf"),
        ("OTTO"u8.ToArray(), "font/otf"),
        ("ttcf"u8.ToArray(), "font/collection"),
        ("wOFF"u8.ToArray(), "font/woff"),
        ("wOF2"u8.ToArray(), "font/woff2"),
        ([0x1F, 0x8B, 0x08], "application/x-gzip"),
        ("PK\x03\x04"u8.ToArray(), "application/zip"),
        ("Rar!\x1A\x07\0"u8.ToArray(), "application/x-rar-compressed"),
        ("Rar!\x1A\x07\x01\0"u8.ToArray(), "application/x-rar-compressed"),
        ("\0asm"u8.ToArray(), "application/wasm"),
    ];

    private static readonly (string Container, string Kind, string Type)[] Containers =
    [
        ("RIFF", "WEBPVP", "image/webp"),
        ("RIFF", "AVI ", "video/avi"),
        ("RIFF", "WAVE", "audio/wave"),
        ("FORM", "AIFF", "audio/aiff"),
    ];

    private static readonly string[] HtmlTags =
    [
        "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE", "<TITLE",
        "<B", "<BODY", "<BR", "<P", "<!--",
    ];

    /// <summary>The type; plain text for an empty content.</summary>
    public static string Detect(ReadOnlySpan<byte> content)
    {
        var sniffed = Sniff(content[..Math.Min(content.Length, Looked)]);
        return sniffed == Binary ? BinaryTypes.Find(content) ?? Binary : sniffed;
    }

    private static string Sniff(ReadOnlySpan<byte> content)
    {
        if (DetectMarkup(content.TrimStart("\t\n\f\r "u8)) is { } markup) return markup;
        foreach (var (magic, type) in Signatures)
        {
            if (content.StartsWith(magic)) return type;
        }

        foreach (var (container, kind, type) in Containers)
        {
            if (HasAscii(content, 0, container) && HasAscii(content, 8, kind)) return type;
        }

        if (content.Length >= 12 && HasAscii(content, 4, "ftypmp4")) return "video/mp4";
        return content.ContainsAnyInRange((byte)0x00, (byte)0x08) || content.ContainsAny(ControlsThatTextLacks) ? Binary : Text;
    }

    private static ReadOnlySpan<byte> ControlsThatTextLacks =>
    [
        0x0B, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F,
    ];

    private static string? DetectMarkup(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("<?xml"u8)) return "text/xml; charset=utf-8";
        foreach (var tag in HtmlTags)
        {
            // A tag ends with a space or a bracket; otherwise it is the beginning of a longer word.
            if (content.Length > tag.Length && Ascii.EqualsIgnoreCase(content[..tag.Length], tag)
                && content[tag.Length] is (byte)' ' or (byte)'>')
            {
                return "text/html; charset=utf-8";
            }
        }

        return null;
    }

    private static bool HasAscii(ReadOnlySpan<byte> content, int at, string text) =>
        content.Length >= at + text.Length && Ascii.Equals(content.Slice(at, text.Length), text);
}
