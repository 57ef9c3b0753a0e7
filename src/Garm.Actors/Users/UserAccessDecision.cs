using Garm.Log.Users;

namespace Garm.Actors.Users;

/// <summary>Decides whether a token still opens the event socket.</summary>
public static class UserAccessDecision
{
    /// <summary>
    /// Why a token made for <paramref name="generation"/> is void, or null when it is good. Any other generation is void,
    /// also a higher one in the token: it belongs to another history of the database.
    /// </summary>
    /// <param name="generation">The password generation that the token was made for.</param>
    /// <param name="access">The user as the database has it; null when there is no such user.</param>
    public static RevocationReason? Decide(long generation, UserAccess? access) => access switch
    {
        null => RevocationReason.Deleted,
        { Enabled: false } => RevocationReason.Disabled,
        { IsAdmin: false } => RevocationReason.NoAdministrator,
        _ when access.Generation != generation => RevocationReason.PasswordChanged,
        _ => null,
    };
}
