using System.Text;

namespace Garm.Data.Files;

/// <summary>
/// Media types of programs, archives and other binary content that the WHATWG's standard does not define, with GARM's
/// names.
/// </summary>
internal static class BinaryTypes
{
    // In the order in which they are tried: more specific signatures come first.
    private static readonly Signature[] Signatures =
    [
        new("application/vnd.android.dex", 0, "dex\n", 37),
        new("image/jp2", 0, "\0\0\0\u000CjP  \r\n\u0087\n\0"),
        new("image/x-canon-cr2", 0, "II*\0", 11, 8, "CR\u0002"),
        new("image/x-canon-cr2", 0, "MM\0*", 11, 8, "CR\u0002"),
        new("image/tiff", 0, "II*\0", 11),
        new("image/tiff", 0, "MM\0*", 11),
        new("image/vnd.ms-photo", 0, "II\u00BC"),
        new("image/vnd.adobe.photoshop", 0, "8BPS"),
        new("image/heif", 4, "ftypheic"),
        new("image/vnd.dwg", 0, "AC10"),
        new("video/x-m4v", 4, "ftypM4V"),
        new("video/3gpp", 4, "ftyp3gp"),
        new("audio/m4a", 4, "ftypM4A"),
        new("video/mp4", 4, "ftypavc1"),
        new("video/mp4", 4, "ftypdash"),
        new("video/mp4", 4, "ftypiso"),
        new("video/quicktime", 0, "\0\0\0\u0014ftyp", 16),
        new("video/quicktime", 4, "moov", 16),
        new("video/quicktime", 4, "mdat", 16),
        new("video/quicktime", 12, "mdat"),
        new("video/x-ms-wmv", 0, "0&\u00B2u\u008Ef\u00CF\u0011\u00A6\u00D9"),
        new("video/x-flv", 0, "FLV\u0001"),
        new("audio/mpeg", 0, "\u00FF\u00FB", 3),
        new("audio/x-flac", 0, "fLaC"),
        new("audio/amr", 0, "#!AMR\n", 12),
        new("audio/aac", 0, "\u00FF\u00F1"),
        new("audio/aac", 0, "\u00FF\u00F9"),
        new("application/x-tar", 257, "ustar"),
        new("application/zip", 0, "PK\u0005\u0006"),
        new("application/zip", 0, "PK\u0007\u0008"),
        new("application/x-bzip2", 0, "BZh"),
        new("application/x-7z-compressed", 0, "7z\u00BC\u00AF'\u001C"),
        new("application/x-xz", 0, "\u00FD7zXZ\0"),
        new("application/zstd", 0, "(\u00B5/\u00FD"),
        new("application/vnd.microsoft.portable-executable", 0, "MZ"),
        new("application/x-shockwave-flash", 0, "CWS"),
        new("application/x-shockwave-flash", 0, "FWS"),
        new("application/rtf", 0, "{\\rtf"),
        new("application/vnd.sqlite3", 0, "SQLi"),
        new("application/x-nintendo-nes-rom", 0, "NES\u001A"),
        new("application/x-google-chrome-extension", 0, "Cr24"),
        new("application/vnd.ms-cab-compressed", 0, "MSCF"),
        new("application/vnd.ms-cab-compressed", 0, "ISc("),
        new("application/vnd.debian.binary-package", 0, "!<arch>\ndebian-binary"),
        new("application/x-unix-archive", 0, "!<arch>"),
        new("application/x-compress", 0, "\u001F\u00A0"),
        new("application/x-compress", 0, "\u001F\u009D"),
        new("application/x-lzip", 0, "LZIP"),
        new("application/x-rpm", 0, "\u00ED\u00AB\u00EE\u00DB", 97),
        new("application/x-executable", 0, "\u007FELF", 53),
        new("application/dicom", 128, "DICM"),
        new("application/x-mach-binary", 0, "\u00FE\u00ED\u00FA\u00CF"),
        new("application/x-mach-binary", 0, "\u00FE\u00ED\u00FA\u00CE"),
        new("application/x-mach-binary", 0, "\u00CF\u00FA\u00ED\u00FE"),
        new("application/x-mach-binary", 0, "\u00CE\u00FA\u00ED\u00FE"),
        new("application/x-mach-binary", 0, "\u00CA\u00FE\u00BA\u00BE"),
        new("application/x-mach-binary", 0, "\u00BE\u00BA\u00FE\u00CA"),
    ];

    /// <summary>The type; null when no known signature matches.</summary>
    public static string? Find(ReadOnlySpan<byte> content)
    {
        foreach (var signature in Signatures)
        {
            if (signature.IsOf(content)) return signature.Type;
        }

        return null;
    }

    /// <summary>A signature: bytes, in Latin-1, at an offset; and optionally more bytes at another offset.</summary>
    private sealed record Signature(string Type, int At, string Magic, int Shortest = 0, int AlsoAt = 0, string Also = "")
    {
        private readonly byte[] _magic = Encoding.Latin1.GetBytes(Magic);
        private readonly byte[] _also = Encoding.Latin1.GetBytes(Also);

        public bool IsOf(ReadOnlySpan<byte> content) =>
            content.Length >= Shortest && Has(content, At, _magic) && Has(content, AlsoAt, _also);

        private static bool Has(ReadOnlySpan<byte> content, int at, ReadOnlySpan<byte> bytes) =>
            content.Length >= at + bytes.Length && content.Slice(at, bytes.Length).SequenceEqual(bytes);
    }
}
