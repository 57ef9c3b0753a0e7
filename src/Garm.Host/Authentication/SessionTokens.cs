using Garm.Actors.Sessions;
using Garm.Actors.Users;

namespace Garm.Host.Authentication;

/// <summary>Validates the new tokens that open event sockets send.</summary>
internal sealed class SessionTokens(TokenService tokens) : ISessionTokens
{
    public async Task<SessionGrant?> ReadAsync(string token) =>
        await tokens.ReadAsync(token) is { UserId: { } user } claims
            ? new SessionGrant(new UserId(user), claims.Generation, claims.ExpiresAt)
            : null;
}
