using Garm.Actors.Changes;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Sessions;

/// <summary>
/// Samples the time from commit to send of one connection. It follows one event at a time: the session marks an event when it queues
/// it, and marks the next one only after that one was written. So there is at most one measurement per write.
/// </summary>
/// <param name="clock">The time, which is compared with the commit's.</param>
public sealed class LatencySample(TimeProvider clock)
{
    private const long None = 0;

    private DateTimeOffset _committedAt;
    private DateTimeOffset _queuedAt;
    private SendTrace? _trace;
    private long _place;
    private long _written;

    /// <summary>Called by the session: these changes are being queued.</summary>
    /// <param name="relayed">The changes.</param>
    /// <param name="queued">All frames queued so far, including these.</param>
    public void Mark(RelayedChanges relayed, long queued)
    {
        if (!GarmTelemetry.MeasuresSends || Volatile.Read(ref _place) != None || queued == None) return;
        _committedAt = relayed.Changes[^1].Change.CommittedAt;
        _queuedAt = clock.GetUtcNow();
        _trace = relayed.Trace;
        Volatile.Write(ref _place, queued);
    }

    /// <summary>Called by the pump: this number of frames was written.</summary>
    public void Written(int frames)
    {
        _written += frames;
        var place = Volatile.Read(ref _place);
        if (place == None || _written < place) return;
        GarmTelemetry.EventSent(_committedAt, _queuedAt, clock.GetUtcNow(), _trace);
        _trace = null;
        Volatile.Write(ref _place, None);
    }
}
