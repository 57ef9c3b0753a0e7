namespace Garm.Log.Users;

/// <summary>The facts that decide whether a user's token grants access.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Enabled">Disabled users are refused everywhere.</param>
/// <param name="IsAdmin">Only administrators may use the API and the event socket.</param>
/// <param name="Generation">Incremented by each new password; a token of another generation is void.</param>
public sealed record UserAccess(Guid UserId, bool Enabled, bool IsAdmin, long Generation)
{
    /// <summary>The user's name, for display only.</summary>
    public string Username { get; init; } = "";
}
