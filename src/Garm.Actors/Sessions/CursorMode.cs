using Akka.Actor;
using Garm.Actors.WebSockets;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Sessions;

/// <summary>
/// What a session with a cursor tells its client besides events. Until the client has asked for a cursor it is off, and
/// tells nothing: plain clients see GARM's frames alone.
/// </summary>
internal sealed class CursorMode(OutboundQueue outbound, ITimerScheduler timers, ITimeProvider time)
{
    private const string HeartbeatKey = "heartbeat";
    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(30);

    private TimeSpan _heartbeat = DefaultHeartbeat;
    private DateTimeOffset _spokeAt;

    /// <summary>Whether the client has asked for a cursor.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Takes what a message says; a cursor turns the mode on, for good.</summary>
    public void Apply(EventOptions options)
    {
        if (options.Cursor is not null) IsOn = true;
        if (!IsOn) return;
        if (options.HeartbeatSeconds is { } seconds) _heartbeat = TimeSpan.FromSeconds(seconds);
        ArmHeartbeat();
    }

    /// <summary>Something was sent: the client is not idle.</summary>
    public void Spoke()
    {
        if (IsOn) _spokeAt = time.Now;
    }

    /// <summary>Whether the silence has lasted long enough. Waits for the rest of it, or for the next one.</summary>
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

    /// <summary>Queues a control frame; it is small, and passes the queue's limits.</summary>
    public void Say(byte[] json)
    {
        if (!IsOn) return;
        outbound.TryEnqueueControl(WireFrame.Text(json));
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

    internal sealed record HeartbeatDue : IPrivateNote;
}
