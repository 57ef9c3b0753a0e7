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
    public void Detect_ShouldLookAtTheFirstBytes(string content, string type) =>
        Assert.Equal(type, MediaTypes.Detect(Encoding.Latin1.GetBytes(content)));
}
