using Garm.Data.Values;
using Xunit;

namespace Garm.Data.Tests.Values;

public sealed class GoTextSpecs
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"")]
    [InlineData("line\r\n\t\u0001", "\"line\\r\\n\\t\\x01\"")]
    [InlineData("größe 日本", "\"größe 日本\"")]
    [InlineData("\u200b", "\"\\u200b\"")]
    public void Quote_ShouldWriteAsGoDoes(string text, string quoted) => Assert.Equal(quoted, GoText.Quote(text));
}
