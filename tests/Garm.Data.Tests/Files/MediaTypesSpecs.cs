using System.Text;
using Garm.Data.Files;
using Xunit;

namespace Garm.Data.Tests.Files;

public sealed class MediaTypesSpecs
{
    [Theory]
    [InlineData("", "text/plain; charset=utf-8")]
    [InlineData("hello world\n", "text/plain; charset=utf-8")]
    [InlineData("\x01\x02\x03binary", "application/octet-stream")]
    [InlineData("\x7fELF\x02\x01\x01\0", "application/octet-stream")]
    [InlineData("  <!doctype html>", "text/html; charset=utf-8")]
    [InlineData("<bold", "text/plain; charset=utf-8")]
    [InlineData("<?xml version=\"1.0\"?>", "text/xml; charset=utf-8")]
    [InlineData("PK\x03\x04rest", "application/zip")]
    [InlineData("\x1f\x8b\x08rest", "application/x-gzip")]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("RIFF0000WAVEfmt", "audio/wave")]
    [InlineData("FLV\x01\0\0", "video/x-flv")]
    [InlineData("MZ\x90\0\x03\0\0\0", "application/vnd.microsoft.portable-executable")]
    [InlineData("\u00cf\u00fa\u00ed\u00fe\u0007\0\0\x01", "application/x-mach-binary")]
    [InlineData("\u00fd7zXZ\0\0\x04", "application/x-xz")]
    [InlineData("(\u00b5/\u00fd\u0004\0\0", "application/zstd")]
    [InlineData("BZh91AY&SY\0\x01", "application/x-bzip2")]
    [InlineData("7z\u00bc\u00af'\x1c\0\x04", "application/x-7z-compressed")]
    [InlineData("II*\0\x08\0\0\0\0\0\0", "image/tiff")]
    [InlineData("II*\0\x10\0\0\0CR\x02\0", "image/x-canon-cr2")]
    public void Detect_ShouldLookAtTheFirstBytes(string content, string type) =>
        Assert.Equal(type, MediaTypes.Detect(Encoding.Latin1.GetBytes(content)));

    /// <summary>An agent's binary, as GARM names it; the beginning alone is none.</summary>
    [Theory]
    [InlineData(52, "application/octet-stream")]
    [InlineData(53, "application/x-executable")]
    public void AnElfProgram_IsAnExecutable(int length, string type)
    {
        byte[] content = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[length - 7]];

        Assert.Equal(type, MediaTypes.Detect(content));
    }

    [Fact]
    public void ATarArchive_IsFoundByItsMark() => Assert.Equal(
        "application/x-tar", MediaTypes.Detect([(byte)'f', .. new byte[256], .. "ustar"u8.ToArray(), 0, 0, 0]));
}
