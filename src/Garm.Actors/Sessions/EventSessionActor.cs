using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Telemetry;
using Garm.Actors.Users;
using Garm.Contracts.Events;

namespace Garm.Actors.Sessions;

/// <summary>
/// One websocket connection: decides what its client gets, and for how long. It never touches the socket: what is to be
/// sent goes into the queue, and the end of the session is the end of the queue.
/// </summary>
public sealed class EventSessionActor(
    SessionId id, SessionGrant grant, OutboundQueue outbound, IActorRef relay, IActorRef users, EventSessionOptions options)
    : UntypedActor, IWithTimers
{
    // ConfirmingUser ────user is good────► AwaitingFilter ────first filter────► Live
    //       └──user is good, and a filter came before────────────────────────────┘
    //
    // Each of them ends, queue first and then the actor: with the token, the user's access, the client, a message that
    // is no filter, a full queue, CloseSession. The loss of the user's actor does not change the state: the user is
    // confirmed again beside it, and the session ends when that does not succeed in time.

    private const string ExpiryKey = "expiry";
    private const string PingKey = "ping";
    private const string PongKey = "pong";
    private const string RelayRetryKey = "relay-retry";

    // Longer delays are cut into pieces: a token may live longer than a timer can count.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SessionFilter _filter = new(options.MaxFilters);
    private UserConfirmation _user = null!;
    private bool _live;
    private long _sent;
    private bool _ended;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="grant">What its token grants.</param>
    /// <param name="outbound">Where frames go.</param>
    /// <param name="relay">The node's <see cref="ChangeRelayActor"/>.</param>
    /// <param name="users">The node's <see cref="UserStateManagerActor"/>.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(
        SessionId id, SessionGrant grant, OutboundQueue outbound, IActorRef relay, IActorRef users, EventSessionOptions options) =>
        Akka.Actor.Props.Create(() => new EventSessionActor(id, grant, outbound, relay, users, options));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(PingKey, new PingDue(), options.PingPeriod);
        Context.WatchWith(relay, new RelayLost());
        _user = new UserConfirmation(Context, Timers, users, grant, options);
        _user.Begin();
        CheckExpiry();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // Only a failure stops a session that has not ended: its socket must not hang.
        if (_ended) return;
        GarmTelemetry.SessionClosed(SessionCloseReason.InternalError);
        outbound.Complete(WireFrame.Close(CloseFrame.For(SessionCloseReason.InternalError)));
    }

    /// <inheritdoc />
    protected override void OnReceive(object message) => ConfirmingUser(message);

    private void ConfirmingUser(object message)
    {
        switch (message)
        {
            case ClientMessage client:
                ReadFilter(client.Content); // Kept; the relay is asked once the user is confirmed.
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
                if (ReadFilter(client.Content)) GoLive();
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
                Send(relayed);
                break;
            case ClientMessage client:
                if (ReadFilter(client.Content)) SubscribeToRelay();
                break;
            case Subscribed subscribed:
                if (_filter.Promise(subscribed.Kinds)) Timers.Cancel(RelayRetryKey);
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
                outbound.TryEnqueueControl(WireFrame.Pong(ping.Payload.Span));
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
            case ClientFailed failed:
                Close(failed.Reason);
                break;
            case CloseSession close:
                Close(close.Reason);
                break;
            case ExpiryDue:
                CheckExpiry();
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
            case GetSessionStats:
                Sender.Tell(new SessionStats(id, _live, _sent, outbound.Bytes));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Takes a client's message; true when it replaced the filter.</summary>
    private bool ReadFilter(ReadOnlyMemory<byte> message)
    {
        var outcome = _filter.Read(message);
        if (outcome == EventOptionsOutcome.Malformed) Refuse("failed to unmarshal filter"u8);
        if (outcome == EventOptionsOutcome.TooMany) Refuse(_filter.TooMany);
        if (outcome == EventOptionsOutcome.Invalid) Refuse("invalid filter"u8);
        return outcome == EventOptionsOutcome.Accepted;
    }

    private void Refuse(ReadOnlySpan<byte> text)
    {
        outbound.TryEnqueue(WireFrame.Text(text));
        Close(SessionCloseReason.BadMessage);
    }

    private bool IsConfirmedBy(UserStateSnapshot snapshot)
    {
        var revoked = _user.OnSnapshot(snapshot, Sender);
        if (revoked is not null) Close(SessionCloseReason.UserRevoked);
        return revoked is null;
    }

    private void OnConfirmed()
    {
        if (_filter.IsSet) GoLive();
        else Become(AwaitingFilter);
    }

    private void GoLive()
    {
        _live = true;
        Become(Live);
        SubscribeToRelay();
    }

    private void SubscribeToRelay()
    {
        relay.Tell(new Subscribe(Self, _filter.Kinds));
        Timers.StartSingleTimer(RelayRetryKey, new RelayRetryDue(), options.SubscribeRetry);
    }

    private void Send(RelayedChanges relayed)
    {
        foreach (var (change, frame) in relayed.Changes)
        {
            if (!_filter.Matches(change)) continue;
            outbound.Sample.Mark(relayed, outbound.Queued + 1);
            if (!outbound.TryEnqueue(frame))
            {
                OnQueueFull();
                return;
            }

            _sent++;
        }
    }

    // Where a session will be parked and catch up later; until then its end is the honest answer.
    private void OnQueueFull() => Close(SessionCloseReason.SlowConsumer);

    private void CheckExpiry()
    {
        var left = grant.ExpiresAt - Context.System.Scheduler.Now ?? TimeSpan.Zero;
        if (left <= TimeSpan.Zero) Close(SessionCloseReason.TokenExpired);
        else Timers.StartSingleTimer(ExpiryKey, new ExpiryDue(), left < LongestTimer ? left : LongestTimer);
    }

    private void Close(SessionCloseReason reason) => Close(reason, WireFrame.Close(CloseFrame.For(reason)));

    private void Close(SessionCloseReason reason, ReadOnlyMemory<byte> closeFrame)
    {
        if (_ended) return;
        _ended = true;
        GarmTelemetry.SessionClosed(reason);
        _log.Debug("Session {0} ends: {1}", id, reason);
        if (reason == SessionCloseReason.ConnectionLost) outbound.Abort();
        else outbound.Complete(closeFrame);
        Context.Stop(Self);
    }

    private sealed record ExpiryDue : IPrivateNote;

    private sealed record PingDue : IPrivateNote;

    private sealed record RelayRetryDue : IPrivateNote;

    private sealed record RelayLost : IPrivateNote;
}
