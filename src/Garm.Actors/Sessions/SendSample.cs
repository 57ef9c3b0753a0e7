using Garm.Actors.Changes;
using Garm.Actors.Telemetry;

namespace Garm.Actors.Sessions;

/// <summary>
/// Measures, for one connection, how long an event is on its way from its commit to the socket. It follows one event at a
/// time: the session marks the last one that it queued, and the next is marked only when that one is written. So the cost
/// is at most one measurement a write, however many events a write carries.
/// </summary>
/// <param name="clock">The time, which a commit's is compared with.</param>
public sealed class SendSample(TimeProvider clock)
{
    private const long None = 0;

    private DateTimeOffset _committedAt;
    private DateTimeOffset _queuedAt;
    private SendTrace? _trace;
    private long _place;
    private long _written;

    /// <summary>For the session: these changes were queued, and the queue has now taken so many frames in its life.</summary>
    public void Mark(RelayedChanges relayed, long queued)
    {
        if (!GarmTelemetry.MeasuresSends || Volatile.Read(ref _place) != None || queued == None) return;
        _committedAt = relayed.Changes[^1].Change.CommittedAt;
        _queuedAt = clock.GetUtcNow();
        _trace = relayed.Trace;
        Volatile.Write(ref _place, queued);
    }

    /// <summary>For the writer: so many more frames were written.</summary>
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
