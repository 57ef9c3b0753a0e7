using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>
/// A session's link to its user's actor: asks until it answers, watches who answered, and asks again when that one is
/// lost. Without an answer in time the session is told to close: who cannot be confirmed may not listen.
/// </summary>
internal sealed class UserConfirmation(
    IActorContext context, ITimerScheduler timers, IActorRef users, SessionGrant grant, EventSessionOptions options)
{
    private const string RetryKey = "user-retry";
    private const string DeadlineKey = "user-deadline";

    private IActorRef _user = ActorRefs.Nobody;

    /// <summary>Whether the user was confirmed at least once.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Begins to ask, unless that is going on.</summary>
    public void Begin()
    {
        if (!timers.IsTimerActive(DeadlineKey))
        {
            var end = new CloseSession(SessionCloseReason.UserStateUnknown);
            timers.StartSingleTimer(DeadlineKey, end, options.ConfirmTimeout);
        }

        // After UserStateUnavailable the timer runs already: asking at once would spin as fast as the database fails.
        if (!timers.IsTimerActive(RetryKey)) Ask();
    }

    /// <summary>Asks now, and later again.</summary>
    public void Ask()
    {
        users.Tell(new SubscribeToUserState(grant.UserId, context.Self));
        timers.StartSingleTimer(RetryKey, new RetryDue(), options.SubscribeRetry);
    }

    /// <summary>Takes an answer; returns why the session must end, or null when its user may listen.</summary>
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

    /// <summary>The user's actor has ended without a word: asks who is there now.</summary>
    public void OnLost(UserStateLost lost)
    {
        if (!lost.User.Equals(_user)) return; // One that was replaced before.
        _user = ActorRefs.Nobody;
        Begin();
    }

    internal sealed record RetryDue : IPrivateNote;

    internal sealed record UserStateLost(IActorRef User) : IPrivateNote;
}
