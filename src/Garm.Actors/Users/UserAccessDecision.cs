using Garm.Log.Users;

namespace Garm.Actors.Users;

/// <summary>Decides whether a token still grants access to the event socket.</summary>
internal static class UserAccessDecision
{
    /// <summary>
    /// Why a token for <paramref name="generation"/> is void; null when it is valid. A generation above the database's is void too:
    /// the token is from before an older copy of the database was restored.
    /// </summary>
    /// <param name="generation">The password generation for which the token was issued.</param>
    /// <param name="access">The user's access as read from the database; null when there is no such user.</param>
    public static RevocationReason? Decide(long generation, UserAccess? access) => access switch
    {
        null => RevocationReason.Deleted,
        { Enabled: false } => RevocationReason.Disabled,
        { IsAdmin: false } => RevocationReason.NoAdministrator,
        _ when access.Generation != generation => RevocationReason.PasswordChanged,
        _ => null,
    };
}
