using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Garm.TestUtilities;

/// <summary>
/// Records the values of a meter of this process until it is disposed. Meters are process-wide: tests that use this belong to a
/// collection that runs alone.
/// </summary>
public sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _told = new();

    /// <summary>Listens to one meter.</summary>
    public Measurements(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The values of an instrument so far, in order.</summary>
    public IReadOnlyList<double> Of(string instrument) => [.. _told.Where(x => x.Instrument == instrument).Select(x => x.Value)];

    /// <summary>The tags of an instrument's values so far, as <c>key=value,…</c>.</summary>
    public IReadOnlyList<string> TagsOf(string instrument) => [.. _told.Where(x => x.Instrument == instrument).Select(x => x.Tags)];

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(",", tags.ToArray().Select(x => $"{x.Key}={x.Value}"));
        _told.Enqueue((instrument.Name, value, text));
    }
}
