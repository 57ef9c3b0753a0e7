using System.Collections.Concurrent;

namespace Garm.Host.Authentication;

/// <summary>
/// Caches the claims of tokens with a valid signature, because validating the signature costs more than the rest of a usual request. The
/// expiry is checked at each use, and the user's access is read from the database. Tokens without an expiry are not cached. The cache is
/// cleared when it is full.
/// </summary>
internal sealed class TokenCache(TimeProvider clock)
{
    internal const int Most = 4_096;

    private readonly ConcurrentDictionary<string, TokenClaims> _claims = new(StringComparer.Ordinal);

    /// <summary>The claims of a cached token that has not expired; otherwise null.</summary>
    public TokenClaims? Find(string token) =>
        _claims.TryGetValue(token, out var claims) && claims.ExpiresAt > clock.GetUtcNow() ? claims : null;

    /// <summary>Adds a token whose signature was validated.</summary>
    public void Add(string token, TokenClaims claims)
    {
        if (claims.ExpiresAt is null) return;
        if (_claims.Count >= Most) _claims.Clear();
        _claims[token] = claims;
    }

    /// <summary>The number of cached tokens.</summary>
    public int Count => _claims.Count;
}
