using Garm.Data.Values;
using Xunit;

namespace Garm.Data.Tests.Values;

public sealed class GoUuidSpecs
{
    private const string Canonical = "d6af2ddc-5103-4556-a9ca-e0aec648dcca";

    [Theory]
    [InlineData(Canonical)]
    [InlineData("D6AF2DDC-5103-4556-A9CA-E0AEC648DCCA")]
    [InlineData("{d6af2ddc-5103-4556-a9ca-e0aec648dcca}")]
    [InlineData("urn:UUID:d6af2ddc-5103-4556-a9ca-e0aec648dcca")]
    [InlineData("d6af2ddc51034556a9cae0aec648dcca")]
    public void TryParse_ShouldReadEveryFormThatGarmReads(string text)
    {
        Assert.True(GoUuid.TryParse(text, out var id, out _));
        Assert.Equal(Guid.Parse(Canonical), id);
    }

    [Theory]
    [InlineData("", "invalid UUID length: 0")]
    [InlineData("not-a-uuid", "invalid UUID length: 10")]
    [InlineData("x6af2ddc-5103-4556-a9ca-e0aec648dcca", "invalid UUID format")]
    [InlineData("d6af2ddc-5103-4556-a9cae-0aec648dcca", "invalid UUID format")]
    [InlineData("x6af2ddc51034556a9cae0aec648dcca", "invalid UUID format")]
    [InlineData("urn-uuid:d6af2ddc-5103-4556-a9ca-e0aec648dcca", "invalid urn prefix: \"urn-uuid:\"")]
    public void TryParse_ShouldSayWhatIsWrong_InTheWordsOfGarm(string text, string error)
    {
        Assert.False(GoUuid.TryParse(text, out _, out var found));
        Assert.Equal(error, found);
    }
}
