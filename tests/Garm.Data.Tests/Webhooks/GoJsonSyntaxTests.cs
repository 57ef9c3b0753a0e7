using System.Text;
using System.Text.Json;
using Garm.Data.Webhooks;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

/// <summary>The words are those of Go's encoding/json, which GARM hands on.</summary>
public sealed class GoJsonSyntaxTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,")]
    [InlineData("[")]
    [InlineData("[1")]
    [InlineData("\"text")]
    [InlineData("\"\\u00")]
    [InlineData("nul")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData("1e")]
    public void AText_ThatEndsTooSoon_IsSaidToEnd(string text) => Assert.Equal("unexpected end of JSON input", FaultOf(text));

    [Theory]
    [InlineData("not json", "invalid character 'o' in literal null (expecting 'u')")]
    [InlineData("tru3", "invalid character '3' in literal true (expecting 'e')")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value")]
    [InlineData("{\"a\":}", "invalid character '}' looking for beginning of value")]
    [InlineData("{a:1}", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 2}", "invalid character '2' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("{} {}", "invalid character '{' after top-level value")]
    [InlineData("\"a\nb\"", "invalid character '\\n' in string literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\\u00g0\"", "invalid character 'g' in \\u hexadecimal character escape")]
    [InlineData("-a", "invalid character 'a' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1ex", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("01", "invalid character '1' after top-level value")]
    [InlineData("'", "invalid character '\\'' looking for beginning of value")]
    public void AWrongCharacter_IsNamed_WithItsPlace(string text, string fault) => Assert.Equal(fault, FaultOf(text));

    [Theory]
    [InlineData("null")]
    [InlineData(" {\"a\": [1, -2.5e+3, true, false, null, \"t\\u00e9xt\\n\"], \"b\": {}, \"c\": []} ")]
    [InlineData("[[[]], {}]")]
    [InlineData("0")]
    public void JsonText_HasNoFault(string text)
    {
        Assert.Null(FaultOf(text));
        JsonDocument.Parse(text).Dispose();
    }

    [Fact]
    public void ATextThatNestsTooDeep_IsRefused() => Assert.Equal("exceeded max depth", FaultOf(new string('[', 10_001)));

    private static string? FaultOf(string text) => GoJsonSyntax.FaultOf(Encoding.UTF8.GetBytes(text));
}
