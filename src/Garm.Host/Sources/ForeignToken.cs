using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Garm.Host.Sources;

/// <summary>
/// What the token of another server says. Its signature is not checked: only that server can, and it does.
/// </summary>
/// <param name="User">The user's id at that server; null when the token has none.</param>
/// <param name="FullName">The user's name for people; empty when the token has none.</param>
/// <param name="ExpiresAt">Its expiry by that server's clock; null for none.</param>
internal sealed record ForeignToken(string? User, string FullName, DateTimeOffset? ExpiresAt)
{
    // A Date header has whole seconds, and an answer takes its time.
    private static readonly TimeSpan SameClock = TimeSpan.FromSeconds(5);

    /// <summary>Reads a token; one that cannot be read says nothing.</summary>
    public static ForeignToken Read(string token)
    {
        try
        {
            var jwt = new JsonWebToken(token);
            var user = jwt.TryGetPayloadValue<string>("user", out var text) && text.Length > 0 ? text : null;
            var name = jwt.TryGetPayloadValue<string>("full_name", out var fullName) ? fullName : "";
            return new ForeignToken(user, name, jwt.ValidTo == DateTime.MinValue ? null : new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero));
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException)
        {
            return new ForeignToken(null, "", null);
        }
    }

    /// <summary>The expiry by this machine's clock.</summary>
    /// <param name="serverTime">The server's time now, if it said so.</param>
    /// <param name="now">This machine's.</param>
    public DateTimeOffset? ExpiryHere(DateTimeOffset? serverTime, DateTimeOffset now)
    {
        if (ExpiresAt is not { } end || serverTime is not { } there || (there - now).Duration() <= SameClock) return ExpiresAt;
        return end - there > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + (end - there);
    }
}
