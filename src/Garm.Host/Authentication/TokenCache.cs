using System.Collections.Concurrent;

namespace Garm.Host.Authentication;

/// <summary>
/// Tokens whose signature was found good, and what they say: neither changes as long as the secret does not, and checking them
/// again at each request costs more than most of it. Whether they have ended is asked each time, and whether their user may
/// still do anything is for the database to say. One without an end, as this hub makes none, is not kept. Bounded: when there
/// are too many, all are forgotten.
/// </summary>
internal sealed class TokenCache(TimeProvider clock)
{
    internal const int Most = 4_096;

    private readonly ConcurrentDictionary<string, TokenClaims> _claims = new(StringComparer.Ordinal);

    /// <summary>What a known token says that has not ended; null for any other.</summary>
    public TokenClaims? Find(string token) =>
        _claims.TryGetValue(token, out var claims) && claims.ExpiresAt > clock.GetUtcNow() ? claims : null;

    /// <summary>The token was checked.</summary>
    public void Add(string token, TokenClaims claims)
    {
        if (claims.ExpiresAt is null) return;
        if (_claims.Count >= Most) _claims.Clear();
        _claims[token] = claims;
    }

    /// <summary>How many are known.</summary>
    public int Count => _claims.Count;
}
