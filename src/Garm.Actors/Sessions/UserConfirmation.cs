using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>
/// Subscribes a connection to its user's actor: asks until it answers, watches it, and asks again when it stops. Without an answer
/// in time it tells the connection to close: it fails closed. For a token of a source's server another actor answers
/// (<see cref="SourceAccess"/>).
/// </summary>
internal sealed class UserConfirmation(
    IActorContext context, ITimerScheduler timers, IActorRef users, SessionGrant grant, EventSessionOptions options)
{
    private const string RetryKey = "user-retry";
    private const string DeadlineKey = "user-deadline";

    private IActorRef _users = grant.Source?.Users ?? users;
    private IActorRef _user = ActorRefs.Nobody;
    private IActorRef _former = ActorRefs.Nobody;

    /// <summary>Whether the user was confirmed at least once.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Begins to ask, unless it is asking already.</summary>
    public void Begin()
    {
        if (!timers.IsTimerActive(DeadlineKey))
        {
            var end = new CloseSession(SessionCloseReason.UserStateUnknown);
            timers.StartSingleTimer(DeadlineKey, end, options.ConfirmTimeout);
        }

        // After UserStateUnavailable the timer is running: an immediate request would loop as fast as the database fails.
        if (!timers.IsTimerActive(RetryKey)) Ask();
    }

    /// <summary>Asks now and starts the retry timer.</summary>
    public void Ask()
    {
        _users.Tell(new SubscribeToUserState(grant.UserId, context.Self));
        timers.StartSingleTimer(RetryKey, new RetryDue(), options.SubscribeRetry);
    }

    /// <summary>Takes the user's state; returns why the connection must end, or null when the user has access.</summary>
    public RevocationReason? OnSnapshot(UserStateSnapshot snapshot, IActorRef user)
    {
        if (UserAccessDecision.Decide(grant.Generation, snapshot.Access) is { } reason) return reason;

        IsConfirmed = true;
        timers.Cancel(DeadlineKey);
        timers.Cancel(RetryKey);
        if (!user.Equals(_user))
        {
            if (!_user.IsNobody()) context.Unwatch(_user);
            _user = context.WatchWith(user, new UserStateLost(user));
        }

        return null;
    }

    /// <summary>The connection has a new token of the same user: asks the actor that confirms it, if that is another one.</summary>
    public void Renew(SessionGrant renewed)
    {
        if (renewed.Source is not { } source || source.Users.Equals(_users)) return;
        if (!_user.IsNobody()) context.Unwatch(_user);
        _users.Tell(new UnsubscribeFromUserState(grant.UserId, context.Self));
        (_former, _users, _user) = (_users, source.Users, ActorRefs.Nobody);
        timers.Cancel(RetryKey);
        Begin();
    }

    /// <summary>Whether the sender confirmed the token before the current one, and so no longer decides.</summary>
    public bool IsFormer(IActorRef sender) => !sender.IsNobody() && sender.Equals(_former);

    /// <summary>The user's actor has stopped: asks again.</summary>
    public void OnLost(UserStateLost lost)
    {
        if (!lost.User.Equals(_user)) return; // A former actor.
        _user = ActorRefs.Nobody;
        Begin();
    }

    internal sealed record RetryDue : IPrivateMessage;

    internal sealed record UserStateLost(IActorRef User) : IPrivateMessage;
}
