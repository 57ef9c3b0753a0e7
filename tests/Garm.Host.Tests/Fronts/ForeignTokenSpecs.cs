using System.Text;
using System.Text.Json;
using Garm.Host.Fronts;
using Garm.Host.Sources;

namespace Garm.Host.Tests.Fronts;

/// <summary>What is read of a token that only its server can check.</summary>
public sealed class ForeignTokenSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AToken_SaysItsUserAndItsEnd()
    {
        var end = Now.AddHours(1).ToUnixTimeSeconds();

        var token = ForeignToken.Read(TokenOf(new { user = "u-1", full_name = "A User", exp = end }));

        Assert.Equal(new ForeignToken("u-1", "A User", Now.AddHours(1)), token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public void WhatIsNoToken_SaysNothing(string text) => Assert.Equal(new ForeignToken(null, "", null), ForeignToken.Read(text));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void AClockThatIsNearlyTheSame_ChangesNothing(int ahead) =>
        Assert.Equal(Now.AddHours(1), Ending(Now.AddHours(1)).ExpiryHere(Now.AddSeconds(ahead), Now));

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public void TheEnd_IsByTheServersClock(int ahead) =>
        Assert.Equal(Now.AddMinutes(30), Ending(Now.AddMinutes(30).AddSeconds(ahead)).ExpiryHere(Now.AddSeconds(ahead), Now));

    [Fact]
    public void AnEndThatIsTooFar_IsTheLastOne() =>
        Assert.Equal(DateTimeOffset.MaxValue, Ending(DateTimeOffset.MaxValue).ExpiryHere(Now.AddHours(-1), Now));

    [Fact]
    public void WithoutTheServersTime_TheEndIsAsItIsSaid() => Assert.Equal(Now, Ending(Now).ExpiryHere(null, Now.AddDays(1)));

    [Fact]
    public void AUser_IsTheSameForAllTokens_AndAnotherOneAtEachSource()
    {
        var (east, west) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal(SourceTokenCheck.UserOf(east, "u"), SourceTokenCheck.UserOf(east, "u"));
        Assert.NotEqual(SourceTokenCheck.UserOf(east, "u"), SourceTokenCheck.UserOf(west, "u"));
        Assert.NotEqual(SourceTokenCheck.UserOf(east, "u"), SourceTokenCheck.UserOf(east, "v"));
    }

    private static ForeignToken Ending(DateTimeOffset end) => new("u", "", end);

    private static string TokenOf(object claims) =>
        $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part(JsonSerializer.Serialize(claims))}.c2lnbmF0dXJl";

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
