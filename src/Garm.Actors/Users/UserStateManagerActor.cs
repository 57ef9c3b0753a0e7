using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log.Users;

namespace Garm.Actors.Users;

/// <summary>
/// The parent of the users' actors, one for each user with sessions on this node. It creates them, forwards the changes of their
/// users, and lets idle ones stop without losing a message.
/// </summary>
public sealed class UserStateManagerActor(IActorRef relay, IUserAccessReader reader, UserStateOptions options)
    : UntypedActor, IWithTimers
{
    private const string SubscribeKey = "subscribe";

    private static readonly EventKinds UserKinds = new EntityEventFilter(EntityType.User, []).Kinds;

    // The messages that wait until a stopping actor is gone; that actor would lose them.
    private readonly Dictionary<UserId, List<(SubscribeToUserState Message, IActorRef Sender)>> _retiring = [];

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    public static Props Props(IActorRef relay, IUserAccessReader reader, UserStateOptions options) =>
        Akka.Actor.Props.Create(() => new UserStateManagerActor(relay, reader, options));

    /// <inheritdoc />
    protected override void PreStart() => SubscribeToRelay();

    // A restarted user actor would have lost its subscribers, and they would not notice. They watch a stopped one, and ask again.
    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SubscribeToUserState subscribe:
                Route(subscribe, Sender);
                break;
            case RelayedChanges relayed:
                foreach (var change in relayed.Changes) OnChange(change.Change.EntityType, change.Change.EntityId);
                break;
            case UserStateActor.MayRetire asked:
                OnMayRetire(asked.UserId);
                break;
            case UserStateActor.StaysOn stays:
                Context.Unwatch(Sender);
                Release(stays.UserId);
                break;
            case UserStateActor.Retired retired:
                Release(retired.UserId);
                break;
            case Subscribed:
                Timers.Cancel(SubscribeKey);
                break;
            case SubscribeDue:
                SubscribeToRelay();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Route(SubscribeToUserState message, IActorRef sender)
    {
        if (_retiring.TryGetValue(message.UserId, out var waiting)) waiting.Add((message, sender));
        else ChildOf(message.UserId).Tell(message, sender);
    }

    private IActorRef ChildOf(UserId user)
    {
        var child = Context.Child(NameOf(user));
        return child.IsNobody()
            ? Context.ActorOf(UserStateActor.Props(user, reader, options), NameOf(user))
            : child;
    }

    private void OnChange(EntityType type, string entityId)
    {
        if (type != EntityType.User || !Guid.TryParse(entityId, out var id)) return;
        var user = new UserId(id);
        Context.Child(NameOf(user)).Tell(new UserStateActor.UserChanged(user));
    }

    private void OnMayRetire(UserId user)
    {
        if (!_retiring.TryAdd(user, [])) return;
        Context.WatchWith(Sender, new UserStateActor.Retired(user));
        Sender.Tell(new UserStateActor.Retire());
    }

    private void Release(UserId user)
    {
        if (!_retiring.Remove(user, out var waiting)) return;
        foreach (var (message, sender) in waiting) Route(message, sender);
    }

    private void SubscribeToRelay()
    {
        relay.Tell(new Subscribe(Self, UserKinds));
        Timers.StartSingleTimer(SubscribeKey, new SubscribeDue(), options.SubscribeRetry);
    }

    private static string NameOf(UserId user) => $"user-{user}";

    private sealed record SubscribeDue : IPrivateMessage;
}
