using Akka.Actor;
using Garm.Log.Users;

namespace Garm.Actors.Users;

/// <summary>A message for a user's actor.</summary>
public interface IWithUserId
{
    /// <summary>The user.</summary>
    UserId UserId { get; }
}

/// <summary>A user's key.</summary>
public readonly record struct UserId(Guid Value)
{
    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}

/// <summary>
/// Command to <c>UserStateManagerActor</c>, which forwards it to the user's actor: send <paramref name="Subscriber"/> the user's state
/// now, and <see cref="UserRevoked"/> later. Answered by <see cref="UserStateSnapshot"/> with the user's actor as the sender, or by
/// <see cref="UserStateUnavailable"/> when the database did not answer. It may be repeated.
/// </summary>
public sealed record SubscribeToUserState(UserId UserId, IActorRef Subscriber) : IWithUserId, ILocalMessage;

/// <summary>
/// Command to the actor that confirms a token of a source's server: the subscriber has another token now, or needs the state no more. An
/// actor of the hub's users is not asked: one actor confirms all tokens of its user.
/// </summary>
public sealed record UnsubscribeFromUserState(UserId UserId, IActorRef Subscriber) : IWithUserId, ILocalMessage;

/// <summary>The user's state as the database has it.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Access">The user's access; null when there is no such user.</param>
public sealed record UserStateSnapshot(UserId UserId, UserAccess? Access) : IWithUserId, ILocalMessage;

/// <summary>Reply: the state could not be read; ask again.</summary>
public sealed record UserStateUnavailable(UserId UserId) : IWithUserId, ILocalMessage;

/// <summary>
/// To every subscriber of a user: all tokens issued so far are void. The user's actor stops afterwards, so that a subscriber which
/// watches it notices in any case.
/// </summary>
public sealed record UserRevoked(UserId UserId, RevocationReason Reason) : IWithUserId, ILocalMessage;

/// <summary>Why a user's tokens are void.</summary>
public enum RevocationReason
{
    /// <summary>The user was disabled.</summary>
    Disabled,

    /// <summary>The user does not exist.</summary>
    Deleted,

    /// <summary>The user is not an administrator.</summary>
    NoAdministrator,

    /// <summary>The user has a new password.</summary>
    PasswordChanged,

    /// <summary>The token is one of a source's server, which refuses it now.</summary>
    RefusedBySource,
}
