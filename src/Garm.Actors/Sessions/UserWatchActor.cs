using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>
/// Watches, for a connection that is no event session, whether its user may still have it: says so once when the user's state
/// voids the token, when the token ends, or when nobody can confirm the user in time. Stop it when the connection has ended.
/// </summary>
public sealed class UserWatchActor(
    IActorRef users, SessionGrant grant, EventSessionOptions options, Action confirmed, Action ended)
    : UntypedActor, IWithTimers
{
    private const string ExpiryKey = "expiry";

    // Longer delays are cut into pieces: a token may live longer than a timer can count.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private UserConfirmation _user = null!;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="users">The <see cref="UserStateManagerActor"/>.</param>
    /// <param name="grant">What the connection's token grants.</param>
    /// <param name="options">How long a confirmation may take, and how often it is asked for.</param>
    /// <param name="confirmed">Called when the user is confirmed: only then may the connection be used.</param>
    /// <param name="ended">Called when the connection must end. Both are called on the actor's thread and must not block.</param>
    public static Props Props(IActorRef users, SessionGrant grant, EventSessionOptions options, Action confirmed, Action ended) =>
        Akka.Actor.Props.Create(() => new UserWatchActor(users, grant, options, confirmed, ended));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _user = new UserConfirmation(Context, Timers, users, grant, options);
        _user.Begin();
        CheckToken();
    }

    // However it comes to its end: a connection that nobody watches must not stay.
    /// <inheritdoc />
    protected override void PostStop() => ended();

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case UserStateSnapshot snapshot:
                if (_user.OnSnapshot(snapshot, Sender) is null) confirmed();
                else Context.Stop(Self);
                break;
            case UserStateUnavailable:
                _user.Begin();
                break;
            case UserConfirmation.RetryDue:
                _user.Ask();
                break;
            case UserConfirmation.UserStateLost lost:
                _user.OnLost(lost);
                break;
            case ExpiryDue:
                CheckToken();
                break;
            case UserRevoked or CloseSession:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void CheckToken()
    {
        // A token without an end ends a connection at once, as it does for GARM.
        var left = grant.ExpiresAt - Context.System.Scheduler.Now ?? TimeSpan.Zero;
        if (left <= TimeSpan.Zero) Context.Stop(Self);
        else Timers.StartSingleTimer(ExpiryKey, new ExpiryDue(), left < LongestTimer ? left : LongestTimer);
    }

    private sealed record ExpiryDue : IPrivateNote;
}
