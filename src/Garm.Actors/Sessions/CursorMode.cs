using Akka.Actor;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.WebSockets;

namespace Garm.Actors.Sessions;

/// <summary>
/// Sends control frames in addition to events to a client that uses cursors. Off until the client sends a cursor, because other
/// clients know only GARM's frames.
/// </summary>
internal sealed class CursorMode(OutboundQueue outbound, ITimerScheduler timers, ITimeProvider time, FrameForm? stream = null)
{
    private const string HeartbeatKey = "heartbeat";
    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(30);

    private TimeSpan _heartbeat = DefaultHeartbeat;
    private DateTimeOffset _spokeAt;

    /// <summary>Whether the client has sent a cursor.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The form of the client's frames.</summary>
    public FrameForm Form => stream ?? (IsOn ? FrameForm.Cursor : FrameForm.Plain);

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
        // Proxies between hub and client see the comment; the client ignores it.
        if (stream == FrameForm.ServerSentEvents) outbound.TryEnqueueControl(": heartbeat\n\n"u8.ToArray());
        var cursor = EventCursor.Encode(place);
        Say(ControlFrame.Heartbeat(cursor), cursor);
        ArmHeartbeat();
    }

    public void CaughtUp(LogPlace place)
    {
        var cursor = EventCursor.Encode(place);
        Say(ControlFrame.CaughtUp(cursor), cursor);
    }

    public void SnapshotEnd(LogPlace place, long count)
    {
        var cursor = EventCursor.Encode(place);
        Say(ControlFrame.SnapshotEnd(cursor, count), cursor);
    }

    /// <summary>Queues a control frame, which the queue's limits do not apply to.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="cursor">The cursor up to which everything was sent, if the frame contains it.</param>
    public void Say(byte[] json, string? cursor = null)
    {
        if (!IsOn) return;
        outbound.TryEnqueueControl(Form.OfControl(json, cursor));
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
