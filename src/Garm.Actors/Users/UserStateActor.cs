using Akka.Actor;
using Akka.Event;
using Garm.Actors.Reads;
using Garm.Log.Users;

namespace Garm.Actors.Users;

/// <summary>
/// Follows the access of one user with sessions on this node, by reading the database. Sends the user's state to the subscribers, and
/// revokes them when the user loses access.
/// </summary>
public sealed class UserStateActor(UserId userId, IUserAccessReader reader, UserStateOptions options)
    : UntypedActor, IWithTimers, IWithStash
{
    // Loading ────read────► Known ◄────read──── Unknown
    //    └────failed──► Unknown    ────failed──►
    //
    // Known answers with the state read last, Unknown with UserStateUnavailable. Both read again after a timer and after each change
    // of the user that the relay sends. From every state the actor stops when the access is void, or when it is idle for too long.

    private const string ReadKey = "read";
    private const string IdleKey = "idle";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _subscribers = [];
    private LatestRead _read = null!;
    private UserAccess? _access;

    // The generation that the subscribers know; null before the first answer.
    private long? _told;

    // Whether a change of the user could not be read yet, so that the subscribers' state may be wrong.
    private bool _changed;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc />
    public IStash Stash { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    public static Props Props(UserId userId, IUserAccessReader reader, UserStateOptions options) =>
        Akka.Actor.Props.Create(() => new UserStateActor(userId, reader, options));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _read = new LatestRead(Context, Timers, $"User {userId}", options.Retry);
        Read();
    }

    /// <inheritdoc />
    protected override void PostStop() => _read.Cancel();

    /// <inheritdoc />
    protected override void OnReceive(object message) => Loading(message);

    private void Loading(object message)
    {
        switch (message)
        {
            case SubscribeToUserState:
                Stash.Stash();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Known(object message)
    {
        switch (message)
        {
            case SubscribeToUserState subscribe:
                Add(subscribe.Subscriber);
                _told ??= _access?.Generation ?? 0;
                Sender.Tell(new UserStateSnapshot(userId, _access));
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Unknown(object message)
    {
        switch (message)
        {
            case SubscribeToUserState:
                Sender.Tell(new UserStateUnavailable(userId));
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void InAnyState(object message)
    {
        switch (message)
        {
            case ReadDone<UserAccess?> done when _read.Ends(done):
                OnRead(done.Result);
                break;
            case ReadFailed failed when _read.Ends(failed):
                OnReadFailed();
                break;
            case UserChanged:
                _changed = true;
                Read();
                break;
            case ReadDue:
                Read();
                break;
            case Terminated terminated:
                _subscribers.Remove(terminated.ActorRef);
                ArmIdle();
                break;
            case IdleDue:
                if (_subscribers.Count == 0) Context.Parent.Tell(new MayRetire(userId));
                break;
            case Retire:
                OnRetire();
                break;
            case IReadEnd: // From a read that was superseded.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnRead(UserAccess? access)
    {
        if (_subscribers.Count == 0) _told = null;
        _access = access;
        _changed = false;
        if (_told is { } told && UserAccessDecision.Decide(told, access) is { } reason)
        {
            Revoke(reason);
            return;
        }

        Timers.StartSingleTimer(ReadKey, new ReadDue(), options.RecheckInterval);
        Become(Known);
        Stash.UnstashAll();
        ArmIdle();
    }

    private void OnReadFailed()
    {
        // The user was changed, and the change cannot be read: the sessions must not rely on the old state any longer.
        if (_changed)
        {
            foreach (var subscriber in _subscribers) subscriber.Tell(new UserStateUnavailable(userId));
            _changed = false;
        }

        Timers.StartSingleTimer(ReadKey, new ReadDue(), _read.Pause);
        Become(Unknown);
        Stash.UnstashAll();
        ArmIdle();
    }

    private void Revoke(RevocationReason reason)
    {
        _log.Debug("User {0} has lost access: {1}", userId, reason);
        foreach (var subscriber in _subscribers) subscriber.Tell(new UserRevoked(userId, reason));
        Context.Stop(Self);
    }

    private void OnRetire()
    {
        // The parent forwarded all earlier messages before this one, so every new subscriber is known here.
        if (_subscribers.Count == 0) Context.Stop(Self);
        else Context.Parent.Tell(new StaysOn(userId));
    }

    private void Add(IActorRef subscriber)
    {
        if (_subscribers.Add(subscriber)) Context.Watch(subscriber);
        Timers.Cancel(IdleKey);
    }

    private void ArmIdle()
    {
        if (_subscribers.Count == 0 && !Timers.IsTimerActive(IdleKey))
            Timers.StartSingleTimer(IdleKey, new IdleDue(), options.IdleTimeout);
    }

    private void Read()
    {
        Timers.Cancel(ReadKey);
        var (users, user) = (reader, userId.Value);
        _read.Start(cancellation => users.ReadAsync(user, cancellation));
    }

    /// <summary>From the parent: the user was changed.</summary>
    internal sealed record UserChanged(UserId UserId) : IPrivateMessage;

    /// <summary>To the parent: the actor is idle, and stops when the parent agrees.</summary>
    internal sealed record MayRetire(UserId UserId) : IPrivateMessage;

    /// <summary>From the parent: stop; further messages wait at the parent.</summary>
    internal sealed record Retire : IPrivateMessage;

    /// <summary>To the parent: the actor has a new subscriber and does not stop.</summary>
    internal sealed record StaysOn(UserId UserId) : IPrivateMessage;

    /// <summary>To the parent, by death watch: the actor has stopped.</summary>
    internal sealed record Retired(UserId UserId) : IPrivateMessage;

    private sealed record ReadDue : IPrivateMessage;

    private sealed record IdleDue : IPrivateMessage;
}
