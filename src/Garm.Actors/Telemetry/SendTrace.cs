using System.Diagnostics;

namespace Garm.Actors.Telemetry;

/// <summary>
/// Links the sending of a batch to the trace of its commit. Only the first session that sends the batch records a span: ten thousand
/// sessions would record ten thousand equal ones.
/// </summary>
internal sealed class SendTrace
{
    private readonly ActivityContext _parent;
    private int _claimed;

    private SendTrace(ActivityContext parent) => _parent = parent;

    /// <summary>The current trace; null when none is recorded.</summary>
    internal static SendTrace? OfCurrent() =>
        Activity.Current is { IsAllDataRequested: true, Source.Name: GarmTelemetry.Name } current ? new SendTrace(current.Context) : null;

    /// <summary>The parent of the span for the first caller; null for all others.</summary>
    internal ActivityContext? TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0 ? _parent : null;
}
