using Akka.Actor;
using Garm.Actors.Users;

namespace Garm.Actors.Sessions;

/// <summary>
/// Watches the access of a connection that is not an event session. It stops, and calls <paramref name="ended"/>, when the user's state
/// voids the token, when the token expires, or when the user cannot be confirmed in time. Stop it with the connection.
/// </summary>
public sealed class UserWatchActor(
    IActorRef users, SessionGrant grant, EventSessionOptions options, Action confirmed, Action ended)
    : UntypedActor, IWithTimers
{
    private const string ExpiryKey = "expiry";

    // A token may live longer than the longest delay of a timer.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private UserConfirmation _user = null!;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="users">The <see cref="UserStateManagerActor"/>.</param>
    /// <param name="grant">What the connection's token grants.</param>
    /// <param name="options">The timeout of a confirmation and the pause between requests.</param>
    /// <param name="confirmed">Called when the user is confirmed; the connection may be used from then on. It must not block.</param>
    /// <param name="ended">Called when the actor stops, for whatever reason. It must not block.</param>
    public static Props Props(IActorRef users, SessionGrant grant, EventSessionOptions options, Action confirmed, Action ended) =>
        Akka.Actor.Props.Create(() => new UserWatchActor(users, grant, options, confirmed, ended));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _user = new UserConfirmation(Context, Timers, users, grant, options);
        _user.Begin();
        CheckToken();
    }

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
        // A token without an expiry ends a connection at once, as in GARM.
        var left = grant.ExpiresAt - Context.System.Scheduler.Now ?? TimeSpan.Zero;
        if (left <= TimeSpan.Zero) Context.Stop(Self);
        else Timers.StartSingleTimer(ExpiryKey, new ExpiryDue(), left < LongestTimer ? left : LongestTimer);
    }

    private sealed record ExpiryDue : IPrivateMessage;
}
