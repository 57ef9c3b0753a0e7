using Akka.Actor;
using Akka.Event;
using Garm.Actors.Reads;
using Garm.Actors.Users;
using Garm.Log.Users;

namespace Garm.Actors.SourceTokens;

/// <summary>
/// Follows whether a source's server takes one token: what <see cref="UserStateActor"/> is to a user of the hub, with the server in the
/// place of the database. Sessions subscribe to it with the same messages.
/// </summary>
public sealed class SourceTokenActor(SourceToken token, ISourceTokenCheck check, SourceTokenOptions options) : UntypedActor, IWithTimers
{
    // Untaken ──taken──► Taken ──refused──► Void
    //    └──────────────refused──────────────┘
    //
    // In Taken the server is asked again at intervals while sessions are open, and for a new session when its last word is not fresh.
    // That it does not say changes nothing for open sessions; new ones are admitted for a limited time. In Void everybody is refused
    // until the parent, which is told, stops the actor.

    private const string RecheckKey = "recheck";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly List<IActorRef> _askers = [];
    private LatestRead _question = null!;
    private bool _isAsking;
    private TokenAnswer.Taken? _taken;
    private DateTimeOffset _takenAt;
    private TokenAnswer.Refused? _refused;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    public static Props Props(SourceToken token, ISourceTokenCheck check, SourceTokenOptions options) =>
        Akka.Actor.Props.Create(() => new SourceTokenActor(token, check, options));

    /// <inheritdoc />
    protected override void PreStart() => _question = new LatestRead(
        Context, Timers, $"Whether the source {token.SourceId} takes a token", options.Retry, "cannot be asked", "is answered again");

    /// <inheritdoc />
    protected override void PostStop() => _question.Cancel();

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AdmitToken when _refused is { } refused:
                Sender.Tell(new TokenNotAdmitted(refused));
                break;
            case AdmitToken when _taken is { } taken && Now - _takenAt < options.Fresh:
                Sender.Tell(Admitted(taken));
                break;
            case AdmitToken:
                _askers.Add(Sender);
                Ask();
                break;
            case SubscribeToUserState subscribe:
                OnSubscribe(subscribe);
                break;
            case UnsubscribeFromUserState unsubscribe:
                Context.Unwatch(unsubscribe.Subscriber);
                Remove(unsubscribe.Subscriber);
                break;
            case Terminated terminated:
                Remove(terminated.ActorRef);
                break;
            case RecheckDue:
                Ask();
                break;
            case ReadDone<TokenAnswer> done when _question.Ends(done):
                OnAnswer(done.Result);
                break;
            case ReadFailed failed when _question.Ends(failed):
                OnAnswer(new TokenAnswer.Unknown(failed.Cause.Message));
                break;
            case IReadEnd: // Of a question that was given up.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    private void OnSubscribe(SubscribeToUserState subscribe)
    {
        if (_refused is not null) Sender.Tell(new UserRevoked(subscribe.UserId, RevocationReason.RefusedBySource));
        else if (_taken is null) Sender.Tell(new UserStateUnavailable(subscribe.UserId));
        else
        {
            if (_subscribers.Add(subscribe.Subscriber)) Context.Watch(subscribe.Subscriber);
            if (_subscribers.Count == 1) Context.Parent.Tell(new TokenInUse(token, true));
            if (!_isAsking && !Timers.IsTimerActive(RecheckKey)) ArmRecheck(options.RecheckInterval);
            Sender.Tell(new UserStateSnapshot(subscribe.UserId, AccessOf(subscribe.UserId)));
        }
    }

    private void Remove(IActorRef subscriber)
    {
        if (!_subscribers.Remove(subscriber) || _subscribers.Count > 0) return;
        Timers.Cancel(RecheckKey);
        Context.Parent.Tell(new TokenInUse(token, false));
    }

    private void OnAnswer(TokenAnswer answer)
    {
        _isAsking = false;
        switch (answer)
        {
            case TokenAnswer.Taken taken:
                (_taken, _takenAt) = (taken, Now);
                Reply(Admitted(taken));
                break;
            case TokenAnswer.Refused refused:
                OnRefused(refused);
                return;
            case TokenAnswer.Unknown when _taken is { } taken && Now - _takenAt <= options.TrustFor:
                Reply(Admitted(taken));
                break;
            default:
                Reply(new TokenNotAdmitted(answer));
                break;
        }

        if (_subscribers.Count > 0) ArmRecheck(answer is TokenAnswer.Taken ? options.RecheckInterval : options.RecheckUnknown);
    }

    private void OnRefused(TokenAnswer.Refused refused)
    {
        _refused = refused;
        Timers.Cancel(RecheckKey);
        Reply(new TokenNotAdmitted(refused));
        if (_taken is { } taken)
        {
            if (_subscribers.Count > 0) _log.Debug("The source {0} takes a token of user {1} no more", token.SourceId, taken.UserId);
            foreach (var subscriber in _subscribers) subscriber.Tell(new UserRevoked(taken.UserId, RevocationReason.RefusedBySource));
        }

        Context.Parent.Tell(new TokenVoid(token));
    }

    private void Ask()
    {
        if (_isAsking) return;
        _isAsking = true;
        Timers.Cancel(RecheckKey);
        var (server, asked) = (check, token);
        _question.Start(cancellation => server.AskAsync(asked, cancellation));
    }

    private void ArmRecheck(TimeSpan pause) => Timers.StartSingleTimer(RecheckKey, new RecheckDue(), pause);

    private void Reply(object reply)
    {
        foreach (var asker in _askers) asker.Tell(reply);
        _askers.Clear();
    }

    private TokenAdmitted Admitted(TokenAnswer.Taken taken) => new(taken, Self);

    // The server takes tokens of enabled administrators alone, and knows itself which password they are of.
    private static UserAccess AccessOf(UserId user) => new(user.Value, Enabled: true, IsAdmin: true, Generation: 0);

    private sealed record RecheckDue : IPrivateMessage;
}
