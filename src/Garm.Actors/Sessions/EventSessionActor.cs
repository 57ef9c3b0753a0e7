using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Telemetry;
using Garm.Actors.Users;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Sessions;

/// <summary>
/// One websocket connection: decides what its client gets, and for how long. It never touches the socket: what is to be
/// sent goes into the queue, and the end of the session is the end of the queue.
/// </summary>
public sealed partial class EventSessionActor(
    SessionId id, SessionGrant grant, OutboundQueue outbound, SessionPorts ports, EventSessionOptions options)
    : UntypedActor, IWithTimers
{
    // ConfirmingUser ──user is good──► AwaitingFilter ──first filter, from now on──► Live
    //       └── and a filter came before ──►│                                        │ queue full
    //                                       └──from a cursor──► CatchingUp ──► Live  ▼
    //                                                               ▲  └──queue full──► Parked
    //                                                               └──half of the queue is free──┘
    //
    // A cursor that is expired or unknown leads from CatchingUp, and another history from Live, to AwaitingFilter: the client
    // says where to begin. Each state ends, queue first and then the actor: with the token, the user's access, the client, a
    // message that is no filter, CloseSession. The loss of the user's actor does not change the state: the user is
    // confirmed again beside it, and the session ends when that does not succeed in time.

    private const string PingKey = "ping";
    private const string PongKey = "pong";
    private const string RelayRetryKey = "relay-retry";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SessionFilter _filter = new(options.MaxFilters);
    private UserConfirmation _user = null!;
    private CursorMode _cursor = null!;
    private TokenLife _token = null!;

    // The pong tells a client that its messages before the ping took effect; those of a user who is not confirmed yet have not.
    private readonly List<ClientPing> _heldPings = [];
    private bool _live;
    private long _sent;
    private bool _ended;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="grant">What its token grants.</param>
    /// <param name="outbound">Where frames go.</param>
    /// <param name="ports">Whom it talks to.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(
        SessionId id, SessionGrant grant, OutboundQueue outbound, SessionPorts ports, EventSessionOptions options) =>
        Akka.Actor.Props.CreateBy(new Producer(id, grant, outbound, ports, options));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(PingKey, new PingDue(), options.PingPeriod);
        Context.WatchWith(ports.Relay, new RelayLost());
        _user = new UserConfirmation(Context, Timers, ports.Users, grant, options);
        _cursor = new CursorMode(outbound, Timers, Context.System.Scheduler);
        _token = new TokenLife(Context, Timers, grant, ports.Tokens, _cursor);
        _user.Begin();
        CheckToken();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // Only a failure stops a session that has not ended: its socket must not hang.
        if (_ended) return;
        GarmTelemetry.SessionClosed(SessionCloseReason.InternalError);
        Unpark();
        outbound.Complete(WireFrame.Close(CloseFrame.For(SessionCloseReason.InternalError)));
    }

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        // What one message brings goes out in one write, on this thread.
        outbound.Hold();
        try
        {
            return base.AroundReceive(receive, message);
        }
        finally
        {
            outbound.Release();
        }
    }

    /// <inheritdoc />
    protected override void OnReceive(object message) => ConfirmingUser(message);

    private void ConfirmingUser(object message)
    {
        switch (message)
        {
            case ClientMessage client:
                ReadOptions(client.Content); // Kept; it begins once the user is confirmed.
                break;
            case ClientPing ping when _filter.IsSet:
                _heldPings.Add(ping);
                break;
            case UserStateSnapshot snapshot:
                if (IsConfirmedBy(snapshot)) OnConfirmed();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void AwaitingFilter(object message)
    {
        switch (message)
        {
            case ClientMessage client:
                if (ReadOptions(client.Content)) Begin();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Live(object message)
    {
        switch (message)
        {
            case RelayedChanges relayed:
                if (TakeLive(relayed) is { } unsent) Park(unsent);
                break;
            case ClientMessage client:
                if (ReadOptions(client.Content)) Begin();
                break;
            case Subscribed subscribed when subscribed.Round == _round:
                OnSubscribed(new LogHead(subscribed.Epoch, subscribed.After, subscribed.Chain));
                break;
            case PlaceReached reached when reached.Round == _round:
                Reach(reached.Place);
                _cursor.Heartbeat(reached.Place);
                break;
            case CursorMode.HeartbeatDue:
                if (_cursor.IsHeartbeatDue()) ports.Relay.Tell(new AskPlace(_round));
                break;
            case HistoryChanged changed:
                OnHistoryChanged(changed.Head);
                break;
            case RelayRetryDue:
                SubscribeToRelay();
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
            case ClientPing ping:
                Answer(ping);
                break;
            case ClientPong: // The first one begins the limit, so a client that never answers is not held to it.
                Timers.StartSingleTimer(PongKey, new CloseSession(SessionCloseReason.PongTimeout), options.PongLimit);
                break;
            case PingDue:
                outbound.TryEnqueueControl(WireFrame.Ping);
                break;
            case ClientClosed { Code: null }:
                Close(SessionCloseReason.ClosedByClient, WireFrame.CloseWithoutCode);
                break;
            case ClientClosed closed:
                Close(SessionCloseReason.ClosedByClient, WireFrame.Close(new CloseFrame(closed.Code)));
                break;
            case ClientFailed { Text.Length: > 0 } failed:
                Close(failed.Reason, WireFrame.Close(CloseFrame.For(failed.Reason) with { Text = failed.Text }));
                break;
            case ClientFailed failed:
                Close(failed.Reason);
                break;
            case CloseSession close:
                Close(close.Reason);
                break;
            case TokenLife.ExpiryDue:
                CheckToken();
                break;
            case TokenLife.TokenRead read:
                _token.OnRead(read);
                break;
            case UserRevoked:
                Close(SessionCloseReason.UserRevoked);
                break;
            case UserStateSnapshot snapshot: // Of a user that was confirmed before, and is asked for again.
                IsConfirmedBy(snapshot);
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
            case RelayLost:
                Close(SessionCloseReason.InternalError);
                break;
            case CursorMode.HeartbeatDue: // Nothing to tell of: no place, or a client that has enough to read.
                _cursor.IsHeartbeatDue();
                break;
            case RelayedChanges or Subscribed or Resumed or NotRecent or PlaceReached or HistoryChanged: // Of a round that is over.
            case LogPage or LogPageFailed or RelayRetryDue or RoomMade:
                break;
            case GetSessionStats:
                Sender.Tell(new SessionStats(id, _live, _sent, outbound.Bytes));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private bool IsConfirmedBy(UserStateSnapshot snapshot)
    {
        var revoked = _user.OnSnapshot(snapshot, Sender);
        if (revoked is not null) Close(SessionCloseReason.UserRevoked);
        return revoked is null;
    }

    private void OnConfirmed()
    {
        Become(AwaitingFilter);
        if (_filter.IsSet && !_needsCursor) Begin();
        foreach (var ping in _heldPings) Answer(ping);
        _heldPings.Clear();
    }

    private void Answer(ClientPing ping) => outbound.TryEnqueueControl(WireFrame.Pong(ping.Payload.Span));

    private void CheckToken()
    {
        if (_token.Check()) Close(SessionCloseReason.TokenExpired);
    }

    private void Close(SessionCloseReason reason) => Close(reason, WireFrame.Close(CloseFrame.For(reason)));

    private void Close(SessionCloseReason reason, ReadOnlyMemory<byte> closeFrame)
    {
        if (_ended) return;
        _ended = true;
        GarmTelemetry.SessionClosed(reason);
        Unpark();
        _log.Debug("Session {0} ends: {1}", id, reason);
        SayWhy(reason);
        if (reason == SessionCloseReason.ConnectionLost) outbound.Abort();
        else outbound.Complete(closeFrame);
        Context.Stop(Self);
    }

    // An expression would be taken apart for each connection, and its parts kept as long as that lives.
    private sealed class Producer(
        SessionId id, SessionGrant grant, OutboundQueue outbound, SessionPorts ports, EventSessionOptions options)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(EventSessionActor);

        public ActorBase Produce() => new EventSessionActor(id, grant, outbound, ports, options);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed record PingDue : IPrivateNote;

    private sealed record RelayRetryDue : IPrivateNote;

    private sealed record RelayLost : IPrivateNote;
}
