using System.Collections.Concurrent;
using System.Diagnostics;

namespace Garm.TestUtilities;

/// <summary>Records the spans of the process until it is disposed; see <see cref="Measurements"/> for its use.</summary>
public sealed class Spans : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _ended = new();

    /// <summary>Records the spans of these sources.</summary>
    public Spans(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans that have ended, in that order.</summary>
    public IReadOnlyList<Activity> Ended => [.. _ended];

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();
}
