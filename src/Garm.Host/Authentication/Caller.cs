using Garm.Data.Retries;
using Garm.Log.Users;

namespace Garm.Host.Authentication;

/// <summary>The enabled user who sent a request with a valid token.</summary>
/// <param name="Access">The user's access as read from the database.</param>
/// <param name="ExpiresAt">The token's expiry; null for none.</param>
internal sealed record Caller(UserAccess Access, DateTimeOffset? ExpiresAt);

/// <summary>
/// Authenticates a request. While the database does not answer, the request waits, as it does for its later reads and writes,
/// instead of failing here.
/// </summary>
internal sealed class CallerAuthentication(TokenService tokens, IUserAccessReader users, DatabaseReads reads)
{
    /// <summary>The caller; null when the token is missing or invalid, or the user's access revoked it.</summary>
    public async Task<Caller?> AuthenticateAsync(HttpContext context)
    {
        if (BearerToken.Find(context.Request) is not { } token) return null;
        if (await tokens.ReadAsync(token) is not { UserId: { } userId } claims) return null;
        var access = await reads.RunAsync(x => users.ReadAsync(userId, x), context.RequestAborted);
        return access is { Enabled: true } && access.Generation == claims.Generation
            ? new Caller(access, claims.ExpiresAt)
            : null;
    }
}
