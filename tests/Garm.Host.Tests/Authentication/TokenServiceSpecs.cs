using System.Security.Cryptography;
using System.Text;
using Garm.Data.Users;
using Garm.Host.Authentication;

namespace Garm.Host.Tests.Authentication;

/// <summary>Tokens like GARM's: recorded in <c>auth-token-shapes</c>, described in PROTOCOL, section 1.</summary>
public sealed class TokenServiceSpecs
{
    private const string Secret = "a secret for the tests";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly AuthenticatedUser User = new(Guid.NewGuid(), "Golden Admin", true, 3);

    private readonly FixedClock _clock = new(Now);
    private readonly TokenService _tokens;

    public TokenServiceSpecs() => _tokens = new TokenService(Secret, TimeSpan.FromHours(1), _clock);

    [Fact]
    public async Task AToken_SaysWhoseItIs_OfWhichGeneration_AndUntilWhen()
    {
        var claims = await _tokens.ReadAsync(_tokens.Create(User));

        Assert.Equal(new TokenClaims(User.UserId, 3, Now.AddHours(1)), claims);
    }

    [Fact]
    public async Task ATokenOfAFormerSecret_IsTaken_AsLongAsTheSecretIsKnown()
    {
        var next = new TokenService("the secret that comes next", TimeSpan.FromHours(1), _clock, Secret);
        var alone = new TokenService("the secret that comes next", TimeSpan.FromHours(1), _clock);

        Assert.NotNull(await next.ReadAsync(_tokens.Create(User)));
        Assert.Null(await alone.ReadAsync(_tokens.Create(User)));
        Assert.Null(await _tokens.ReadAsync(next.Create(User))); // Signed with the current one.
        Assert.NotNull(await alone.ReadAsync(next.Create(User)));
    }

    [Fact]
    public void AToken_HasGarmsClaims_InGarmsOrder()
    {
        var payload = Decode(_tokens.Create(User).Split('.')[1]);

        Assert.Matches(
            $$"""^\{"user":"{{User.UserId}}","token_id":"[A-Za-z0-9]{16}","full_name":"Golden Admin","is_admin":true,"read_metrics":false,"generation":3,"iss":"garm","exp":{{Now.AddHours(1).ToUnixTimeSeconds()}}\}$""",
            payload);
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Decode(_tokens.Create(User).Split('.')[0]));
    }

    [Fact]
    public async Task AMetricsToken_IsNobodys()
    {
        var claims = await _tokens.ReadAsync(_tokens.CreateForMetrics());

        Assert.NotNull(claims);
        Assert.Null(claims.UserId);
    }

    [Fact]
    public async Task AToken_EndsAtItsSecond()
    {
        var token = _tokens.Create(User);

        _clock.Now = Now.AddHours(1).AddTicks(-1);
        Assert.NotNull(await _tokens.ReadAsync(token));
        _clock.Now = Now.AddHours(1);
        Assert.Null(await _tokens.ReadAsync(token));
    }

    /// <summary>The token was found valid before, and that result is cached.</summary>
    [Fact]
    public async Task AKnownToken_EndsAtItsSecondToo_AndIsKnownByAllOfItsLetters()
    {
        var token = _tokens.Create(User);
        Assert.NotNull(await _tokens.ReadAsync(token));
        Assert.Equal(await _tokens.ReadAsync(token), await _tokens.ReadAsync(token));

        Assert.Null(await _tokens.ReadAsync(token[..^1] + (token[^1] == 'A' ? 'E' : 'A')));
        _clock.Now = Now.AddHours(1);
        Assert.Null(await _tokens.ReadAsync(token));
    }

    [Fact]
    public void TokenCache_AreBounded_AndThoseWithoutEndAreNotKept()
    {
        var known = new TokenCache(_clock);
        known.Add("endless", new TokenClaims(null, 0, null));
        Assert.Null(known.Find("endless"));

        for (var i = 0; i < 3 * TokenCache.Most; i++) known.Add($"{i}", new TokenClaims(null, 0, Now.AddHours(1)));

        Assert.InRange(known.Count, 1, TokenCache.Most);
        Assert.NotNull(known.Find($"{(3 * TokenCache.Most) - 1}"));
    }

    [Theory]
    [InlineData("HS256", true)]
    [InlineData("HS512", true)]
    [InlineData("none", false)]
    public async Task OtherAlgorithms_AreTakenAsGarmTakesThem(string algorithm, bool accepted)
    {
        var token = Sign(algorithm, $$"""{"user":"{{User.UserId}}","generation":0}""", Secret);

        Assert.Equal(accepted, await _tokens.ReadAsync(token) is not null);
    }

    [Fact]
    public async Task ATokenWithoutEnd_IsGood_AndSaysSo()
    {
        var claims = await _tokens.ReadAsync(Sign("HS256", $$"""{"user":"{{User.UserId}}"}""", Secret));

        Assert.Equal(new TokenClaims(User.UserId, 0, null), claims);
    }

    [Theory]
    [InlineData("\"exp\":1e12", true)]
    [InlineData("\"exp\":1000000000000", true)]
    [InlineData("\"exp\":9223372036854775807", true)]
    [InlineData("\"exp\":-1", false)]
    [InlineData("\"exp\":1795489200.5", null)]
    [InlineData("\"exp\":1e400", null)]
    [InlineData("\"exp\":\"soon\"", null)]
    [InlineData("\"exp\":null", null)]
    [InlineData("\"exp\":{}", null)]
    [InlineData("\"nbf\":1e12", false)]
    [InlineData("\"nbf\":1795489201", false)]
    [InlineData("\"nbf\":1795489200", true)]
    [InlineData("\"nbf\":\"soon\"", null)]
    [InlineData("\"generation\":1e30", null)]
    [InlineData("\"generation\":\"x\",\"read_metrics\":7", null)]
    public async Task TimesAndNumbers_ThatAreOutOfReach_AreNoFailure(string claims, bool? accepted)
    {
        Assert.Equal(1795489200, Now.ToUnixTimeSeconds());
        var token = Sign("HS256", $$"""{"user":"{{User.UserId}}","name":"r","id":"{{User.UserId}}",{{claims}}}""", Secret);

        var read = await _tokens.ReadAsync(token);
        await _tokens.ReadRunnerAsync(token);

        if (accepted is { } expected) Assert.Equal(expected, read is not null);
        if (claims == "\"exp\":1000000000000") Assert.Equal(9999, read!.ExpiresAt!.Value.Year);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not.a.token")]
    [InlineData("x")]
    public async Task Rubbish_IsNoToken(string text) => Assert.Null(await _tokens.ReadAsync(text));

    [Fact]
    public async Task AnotherSecret_MakesNoToken() =>
        Assert.Null(await _tokens.ReadAsync(Sign("HS256", $$"""{"user":"{{User.UserId}}"}""", "another secret for tests")));

    private static string Sign(string algorithm, string payload, string secret)
    {
        var head = $"{Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Encode(payload)}";
        var key = Encoding.UTF8.GetBytes(secret);
        var signature = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(head)),
            "HS512" => HMACSHA512.HashData(key, Encoding.ASCII.GetBytes(head)),
            _ => [],
        };
        return $"{head}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string part) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part));

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
