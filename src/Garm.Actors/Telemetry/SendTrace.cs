using System.Diagnostics;

namespace Garm.Actors.Telemetry;

/// <summary>
/// Ties the sending of a batch to the trace of its commit. Ten thousand sessions would be ten thousand spans that say the
/// same: the first session that writes the batch gets the span.
/// </summary>
internal sealed class SendTrace
{
    private readonly ActivityContext _parent;
    private int _claimed;

    private SendTrace(ActivityContext parent) => _parent = parent;

    /// <summary>The trace that is being recorded here; null for none.</summary>
    internal static SendTrace? OfCurrent() =>
        Activity.Current is { IsAllDataRequested: true, Source.Name: GarmTelemetry.Name } current ? new SendTrace(current.Context) : null;

    /// <summary>The parent of the span to the first who asks; null to all others.</summary>
    internal ActivityContext? TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0 ? _parent : null;
}
