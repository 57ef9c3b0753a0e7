using Garm.Data.Retries;
using Garm.Log.Users;

namespace Garm.Host.Authentication;

/// <summary>The user who sent a request: enabled, with a valid token.</summary>
/// <param name="Access">The user, as the database has it.</param>
/// <param name="ExpiresAt">The token's end; null for none.</param>
internal sealed record Caller(UserAccess Access, DateTimeOffset? ExpiresAt);

/// <summary>
/// Finds out who a request is from. A database that is away for a moment makes the request wait, like all that it reads and
/// writes afterwards; it must not fail here already.
/// </summary>
internal sealed class CallerAuthentication(TokenService tokens, IUserAccessReader users, DatabaseReads reads)
{
    /// <summary>The caller, or null: no token, a bad one, or one that its user's state voids.</summary>
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
