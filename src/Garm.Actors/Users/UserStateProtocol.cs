using Akka.Actor;
using Garm.Log.Users;

namespace Garm.Actors.Users;

/// <summary>Which user's actor a message is for.</summary>
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
/// Command to <c>UserStateManagerActor</c>, which passes it on to the user's actor: tell <paramref name="Subscriber"/> of
/// the user's state now, and of its end. Answered by <see cref="UserStateSnapshot"/> with the user's actor as the sender,
/// or by <see cref="UserStateUnavailable"/> when the database did not answer. Asking again is harmless.
/// </summary>
public sealed record SubscribeToUserState(UserId UserId, IActorRef Subscriber) : IWithUserId, ILocalMessage;

/// <summary>The user's state as the database has it.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Access">What decides about access; null when there is no such user.</param>
public sealed record UserStateSnapshot(UserId UserId, UserAccess? Access) : IWithUserId, ILocalMessage;

/// <summary>The state could not be read; the subscriber asks again.</summary>
public sealed record UserStateUnavailable(UserId UserId) : IWithUserId, ILocalMessage;

/// <summary>
/// To every subscriber of a user: the tokens made so far are void. The user's actor stops after it, so a subscriber that
/// misses the message still sees the actor's end.
/// </summary>
public sealed record UserRevoked(UserId UserId, RevocationReason Reason) : IWithUserId, ILocalMessage;

/// <summary>Why a user's tokens are void.</summary>
public enum RevocationReason
{
    /// <summary>The user was disabled.</summary>
    Disabled,

    /// <summary>The user was deleted, or never was.</summary>
    Deleted,

    /// <summary>The user is no administrator any more.</summary>
    NoAdministrator,

    /// <summary>The user has a new password.</summary>
    PasswordChanged,
}
