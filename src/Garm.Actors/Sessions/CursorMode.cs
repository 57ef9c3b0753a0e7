using Akka.Actor;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebSockets;

namespace Garm.Actors.Sessions;

/// <summary>
/// Sends control frames besides events to a client that uses cursors. Off until the client asks for a cursor, because other
/// clients know GARM's frames alone.
/// </summary>
internal sealed class CursorMode(OutboundQueue outbound, ITimerScheduler timers, ITimeProvider time)
{
    private const string HeartbeatKey = "heartbeat";
    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(30);

    private TimeSpan _heartbeat = DefaultHeartbeat;
    private DateTimeOffset _spokeAt;

    /// <summary>Whether the client has asked for a cursor.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Applies a client's message; a cursor turns the mode on for good.</summary>
    public void Apply(EventOptions options)
    {
        if (options.Cursor is not null) IsOn = true;
        if (!IsOn) return;
        if (options.HeartbeatSeconds is { } seconds) _heartbeat = TimeSpan.FromSeconds(seconds);
        ArmHeartbeat();
    }

    /// <summary>Notes that something was sent.</summary>
    public void Spoke()
    {
        if (IsOn) _spokeAt = time.Now;
    }

    /// <summary>Whether a heartbeat is due; also starts the timer for the next check.</summary>
    public bool IsHeartbeatDue()
    {
        var due = IsOn && _heartbeat > TimeSpan.Zero && time.Now - _spokeAt >= _heartbeat;
        ArmHeartbeat();
        return due;
    }

    public void Heartbeat(LogPlace place)
    {
        Say(ControlFrame.Heartbeat(EventCursor.Encode(place)));
        ArmHeartbeat();
    }

    public void CaughtUp(LogPlace place) => Say(ControlFrame.CaughtUp(EventCursor.Encode(place)));

    /// <summary>Queues a control frame, which the queue's limits do not apply to.</summary>
    public void Say(byte[] json)
    {
        if (!IsOn) return;
        outbound.TryEnqueueControl(FrameWriter.Text(json));
        Spoke();
    }

    public void Error(string code, string message) => Say(ControlFrame.Error(code, message));

    private void ArmHeartbeat()
    {
        if (!IsOn || _heartbeat <= TimeSpan.Zero)
        {
            timers.Cancel(HeartbeatKey);
            return;
        }

        var left = _spokeAt + _heartbeat - time.Now;
        timers.StartSingleTimer(HeartbeatKey, new HeartbeatDue(), left > TimeSpan.Zero ? left : _heartbeat);
    }

    internal sealed record HeartbeatDue : IPrivateMessage;
}
