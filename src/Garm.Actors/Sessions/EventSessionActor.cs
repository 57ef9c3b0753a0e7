using Akka.Actor;
using Akka.Event;
using Garm.Actors.Changes;
using Garm.Actors.Feeds;
using Garm.Actors.Snapshots;
using Garm.Actors.Users;
using Garm.WebSockets;

namespace Garm.Actors.Sessions;

/// <summary>
/// The session of one websocket connection, or of one HTTP stream. Its <see cref="EventFeed"/> decides what the client gets; the actor talks to the relay, the
/// log's readers and the user's actor. Frames go into the queue, which the connection's pump sends; completing the queue ends the
/// connection.
/// </summary>
public sealed partial class EventSessionActor(
    SessionId id, SessionGrant grant, OutboundQueue outbound, SessionPorts ports, EventSessionOptions options, FrameForm? stream)
    : UntypedActor, IWithTimers
{
    // Waiting for the user's confirmation ──confirmed──► the feed begins (EventFeed draws its phases)
    //
    // The session ends, queue first and then the actor, with the token, the user's access or the client, after a message that is
    // not a filter, when its place is lost, and by CloseSession. When the user's actor stops, the user is confirmed again; the
    // session ends when that does not succeed in time.

    private const string PingKey = "ping";
    private const string PongKey = "pong";
    private const string FeedRetryKey = "feed-retry";

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private UserConfirmation _user = null!;
    private CursorMode _cursor = null!;
    private TokenExpiry _token = null!;
    private SessionSink _sink = null!;
    private EventFeed _feed = null!;

    // A pong tells the client that its messages before the ping took effect, which they do once the user is confirmed.
    private readonly List<ClientPing> _heldPings = [];
    private SessionFilterText _filterText;
    private bool _ended;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="id">The connection.</param>
    /// <param name="grant">What its token grants.</param>
    /// <param name="outbound">The queue of the connection.</param>
    /// <param name="ports">The actors that it talks to.</param>
    /// <param name="options">Settings.</param>
    /// <param name="stream">The form of an HTTP stream's frames; null for a websocket.</param>
    public static Props Props(
        SessionId id, SessionGrant grant, OutboundQueue outbound, SessionPorts ports, EventSessionOptions options, FrameForm? stream = null) =>
        Akka.Actor.Props.CreateBy(new Producer(id, grant, outbound, ports, options, stream));

    /// <inheritdoc />
    protected override void PreStart()
    {
        if (stream is null) Timers.StartPeriodicTimer(PingKey, new PingDue(), options.PingPeriod);
        Context.WatchWith(ports.Relay, new RelayLost());
        _user = new UserConfirmation(Context, Timers, ports.Users, grant, options);
        _cursor = new CursorMode(outbound, Timers, Context.System.Scheduler, stream);
        _token = new TokenExpiry(Context, Timers, grant, grant.Source?.Tokens ?? ports.Tokens, _cursor);
        _sink = new SessionSink(outbound, _cursor);
        _feed = new EventFeed(_sink);
        _user.Begin();
        CheckToken();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // The actor failed before the session ended: its connection must not stay open.
        if (_ended) return;
        SessionTelemetry.Closed(SessionCloseReason.InternalError);
        Unpark();
        outbound.Complete(stream is null ? FrameWriter.Close(SessionCloseReason.InternalError.ToCloseFrame()) : default);
    }

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        // All frames that one message causes go out in one write, on this thread.
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
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RelayedChanges or Subscribed or Resumed or NotRecent or PlaceReached or HistoryChanged: // Of the relay.
            case LogPage or LogPageFailed or FeedRetryDue or FeedRoomMade or SnapshotBegun or StatesRead or StatesFailed:
                Feed(message);
                break;
            case ClientMessage client:
                if (ReadOptions(client.Content) is { } ask) Feed(ask);
                break;
            case ClientPing ping when !_feed.IsOpen && _feed.Filter.IsSet:
                _heldPings.Add(ping);
                break;
            case ClientPing ping:
                Answer(ping);
                break;
            case ClientPong: // The limit begins with the first pong: a client that never sends one is not disconnected.
                Timers.StartSingleTimer(PongKey, new CloseSession(SessionCloseReason.PongTimeout), options.PongLimit);
                break;
            case PingDue:
                outbound.TryEnqueueControl(FrameWriter.Ping);
                break;
            case ClientClosed { Code: null }:
                Close(SessionCloseReason.ClosedByClient, FrameWriter.CloseWithoutCode);
                break;
            case ClientClosed closed:
                Close(SessionCloseReason.ClosedByClient, FrameWriter.Close(new CloseFrame(closed.Code)));
                break;
            case ClientFailed { Text.Length: > 0 } failed:
                Close(failed.Reason, FrameWriter.Close(failed.Reason.ToCloseFrame() with { Text = failed.Text }));
                break;
            case ClientFailed failed:
                Close(failed.Reason);
                break;
            case CloseSession close:
                Close(close.Reason);
                break;
            case TokenExpiry.ExpiryDue:
                CheckToken();
                break;
            case TokenExpiry.TokenRead read:
                if (_token.OnRead(read) is { } renewed) _user.Renew(renewed);
                break;
            case UserRevoked or UserStateSnapshot or UserStateUnavailable when _user.IsFormer(Sender): // Of the token before.
                break;
            case UserRevoked:
                Close(SessionCloseReason.UserRevoked);
                break;
            case UserStateSnapshot snapshot:
                OnUserState(snapshot);
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
            case CursorMode.HeartbeatDue:
                OnHeartbeatDue();
                break;
            case GetSessionStats:
                Sender.Tell(new SessionStats(id, _feed.Phase == FeedPhase.Live, _sink.Sent, outbound.Bytes));
                break;
            case DescribeSession:
                Sender.Tell(Describe());
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnUserState(UserStateSnapshot snapshot)
    {
        if (_user.OnSnapshot(snapshot, Sender) is not null) Close(SessionCloseReason.UserRevoked);
        else if (!_feed.IsOpen) OnConfirmed(); // Otherwise the user was confirmed again.
    }

    private void OnConfirmed()
    {
        Feed(FeedOpened.Instance);
        foreach (var ping in _heldPings) Answer(ping);
        _heldPings.Clear();
    }

    private void Answer(ClientPing ping) => outbound.TryEnqueueControl(FrameWriter.Pong(ping.Payload.Span));

    private void CheckToken()
    {
        if (_token.Check()) Close(SessionCloseReason.TokenExpired);
    }

    private void Close(SessionCloseReason reason) => Close(reason, FrameWriter.Close(reason.ToCloseFrame()));

    private void Close(SessionCloseReason reason, ReadOnlyMemory<byte> closeFrame)
    {
        if (_ended) return;
        _ended = true;
        SessionTelemetry.Closed(reason);
        Unpark();
        _log.Debug("Session {0} ends: {1}", id, reason);
        SayWhy(reason);
        if (reason == SessionCloseReason.ConnectionLost) outbound.Abort();
        else outbound.Complete(stream is null ? closeFrame : default);
        Context.Stop(Self);
    }

    // Props from an expression would compile it for each connection and keep its parts in memory.
    private sealed class Producer(
        SessionId id, SessionGrant grant, OutboundQueue outbound, SessionPorts ports, EventSessionOptions options, FrameForm? stream)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(EventSessionActor);

        public ActorBase Produce() => new EventSessionActor(id, grant, outbound, ports, options, stream);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed record PingDue : IPrivateMessage;

    private sealed record RelayLost : IPrivateMessage;
}
