using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Garm.Data.Runners;
using Garm.Data.Users;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Garm.Host.Authentication;

/// <summary>The claims of a valid token. The database decides what its user may do.</summary>
/// <param name="UserId">The user; null for a metrics token.</param>
/// <param name="Generation">The password generation for which the token was issued.</param>
/// <param name="ExpiresAt">The expiry; null for none.</param>
/// <param name="ReadsMetrics">Whether it is accepted at <c>/metrics</c>.</param>
internal sealed record TokenClaims(Guid? UserId, long Generation, DateTimeOffset? ExpiresAt, bool ReadsMetrics = false);

/// <summary>The claims of a runner's valid token. The database decides whether it is void.</summary>
/// <param name="InstanceId">The runner.</param>
/// <param name="Name">The runner's name.</param>
/// <param name="CreateAttempt">The attempt to create the runner for which the token was issued.</param>
internal sealed record RunnerClaims(Guid InstanceId, string Name, int CreateAttempt);

/// <summary>Issues and validates tokens: JWT with GARM's claims, in GARM's order, signed with HMAC.</summary>
internal sealed class TokenService
{
    private const string Issuer = "garm";
    private const int TokenIdLength = 16;
    private static readonly TimeSpan RunnerGrace = TimeSpan.FromMinutes(5);
    private const string TokenIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // HMAC pads a short key with zeros up to the hash's block (64 bytes for SHA-256), so this padding changes no signature.
    // For HS512, which GARM accepts with any secret, the library requires 64 bytes.
    private const int PaddedKeyLength = 64;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _validation;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeToLive;
    private readonly TokenCache _known;

    /// <param name="secret">The signing secret.</param>
    /// <param name="timeToLive">How long a user's token is valid.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="others">Further secrets whose tokens are valid: former ones, and the next one.</param>
    public TokenService(string secret, TimeSpan timeToLive, TimeProvider clock, params IEnumerable<string> others)
    {
        var key = KeyOf(secret);
        _credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        _clock = clock;
        _timeToLive = timeToLive;
        _known = new TokenCache(clock);
        _validation = new TokenValidationParameters
        {
            IssuerSigningKeys = [key, .. others.Select(KeyOf)],
            RequireSignedTokens = true,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512],
            ValidateIssuer = false,
            ValidateAudience = false,
            RequireExpirationTime = false,
            LifetimeValidator = (notBefore, expires, _, _) =>
                !(notBefore > _clock.GetUtcNow().UtcDateTime) && !(expires <= _clock.GetUtcNow().UtcDateTime),
        };
    }

    /// <summary>Issues a token for a user.</summary>
    public string Create(AuthenticatedUser user) => Create(new Claims
    {
        User = user.UserId.ToString("D"),
        FullName = user.FullName,
        IsAdmin = user.IsAdmin,
        Generation = user.Generation,
    });

    /// <summary>Issues a token that only reads metrics.</summary>
    public string CreateForMetrics() => Create(new Claims { ReadMetrics = true });

    /// <summary>Issues a token for a runner, valid for the bootstrap timeout plus five minutes, as in GARM.</summary>
    public string Create(RunnerIdentity runner) => Sign(new InstanceClaims
    {
        Id = runner.InstanceId.ToString("D"),
        Name = runner.Name,
        PoolId = runner.PoolId?.ToString("D") ?? "",
        Scope = runner.Scope,
        Entity = runner.Entity,
        CreateAttempt = runner.CreateAttempt,
        ForgeType = runner.ForgeType,
        Expires = _clock.GetUtcNow().AddMinutes(runner.BootstrapTimeout).Add(RunnerGrace).ToUnixTimeSeconds(),
    });

    /// <summary>The claims of a runner's token; null when it is not valid or not a runner's.</summary>
    public async Task<RunnerClaims?> ReadRunnerAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _validation);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return null;
        if (!jwt.TryGetPayloadValue<string>("name", out var name) || string.IsNullOrEmpty(name)) return null;
        if (!jwt.TryGetPayloadValue<string>("id", out var text) || !Guid.TryParseExact(text, "D", out var id)) return null;
        return new RunnerClaims(id, name, jwt.TryGetPayloadValue<int>("create_attempt", out var attempt) ? attempt : 0);
    }

    /// <summary>The token's claims; null when its signature, format or time is not valid.</summary>
    public async Task<TokenClaims?> ReadAsync(string token)
    {
        if (_known.Find(token) is { } known) return known;
        var result = await _handler.ValidateTokenAsync(token, _validation);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt) return null;
        var user = jwt.TryGetPayloadValue<string>("user", out var text) && Guid.TryParseExact(text, "D", out var id)
            ? id
            : (Guid?)null;
        var generation = jwt.TryGetPayloadValue<long>("generation", out var number) ? number : 0;

        // As the validation above reads it: a time beyond the year 9999 is the largest time.
        DateTimeOffset? expires = jwt.ValidTo == DateTime.MinValue ? null : new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero);
        var readsMetrics = jwt.TryGetPayloadValue<bool>("read_metrics", out var flag) && flag;
        var claims = new TokenClaims(user, generation, expires, readsMetrics);
        _known.Add(token, claims);
        return claims;
    }

    private string Create(Claims claims)
    {
        claims = claims with
        {
            TokenId = RandomNumberGenerator.GetString(TokenIdLetters, TokenIdLength),
            Expires = _clock.GetUtcNow().Add(_timeToLive).ToUnixTimeSeconds(),
        };
        return Sign(claims);
    }

    private string Sign<T>(T claims) => _handler.CreateToken(JsonSerializer.Serialize(claims), _credentials);

    private static SymmetricSecurityKey KeyOf(string secret) => new(Pad(Encoding.UTF8.GetBytes(secret)));

    private static byte[] Pad(byte[] secret)
    {
        if (secret.Length >= PaddedKeyLength) return secret;
        var padded = new byte[PaddedKeyLength];
        secret.CopyTo(padded, 0);
        return padded;
    }

    private sealed record InstanceClaims
    {
        [JsonPropertyName("id")] public string Id { get; init; } = "";
        [JsonPropertyName("name")] public string Name { get; init; } = "";

        /// <summary>The claim's misspelt name, as in GARM.</summary>
        [JsonPropertyName("provider_id")] public string PoolId { get; init; } = "";

        [JsonPropertyName("scope")] public string Scope { get; init; } = "";
        [JsonPropertyName("entity")] public string Entity { get; init; } = "";
        [JsonPropertyName("create_attempt")] public int CreateAttempt { get; init; }
        [JsonPropertyName("forge_type")] public string ForgeType { get; init; } = "";
        [JsonPropertyName("iss")] public string Iss { get; init; } = Issuer;
        [JsonPropertyName("exp")] public long Expires { get; init; }
    }

    private sealed record Claims
    {
        [JsonPropertyName("user")] public string User { get; init; } = "";
        [JsonPropertyName("token_id")] public string TokenId { get; init; } = "";
        [JsonPropertyName("full_name")] public string FullName { get; init; } = "";
        [JsonPropertyName("is_admin")] public bool IsAdmin { get; init; }
        [JsonPropertyName("read_metrics")] public bool ReadMetrics { get; init; }
        [JsonPropertyName("generation")] public long Generation { get; init; }
        [JsonPropertyName("iss")] public string Iss { get; init; } = Issuer;
        [JsonPropertyName("exp")] public long Expires { get; init; }
    }
}
