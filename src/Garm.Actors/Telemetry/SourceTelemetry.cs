using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;

namespace Garm.Actors.Telemetry;

/// <summary>Metrics of the sources that this node mirrors.</summary>
internal static class SourceTelemetry
{
    private const string Tag = "source";

    private static readonly ConcurrentDictionary<string, SourceGauge> Gauges = new();

    private static readonly Counter<long> Events = GarmTelemetry.Meter.CreateCounter<long>(
        "garm.source.events", "{event}", "Events that a source sent.");

    private static readonly Counter<long> Repairs = GarmTelemetry.Meter.CreateCounter<long>(
        "garm.source.repairs", "{change}", "Changes of a source that only a list brought, after the first list.");

    static SourceTelemetry()
    {
        GarmTelemetry.Meter.CreateObservableGauge(
            "garm.source.up", () => Observe(x => x.IsUp ? 1L : 0L), null, "Whether the event socket of a source that this node mirrors is open.");
        GarmTelemetry.Meter.CreateObservableGauge(
            "garm.source.entities", () => Observe(x => (long)x.Entities), "{entity}", "Entities of a source that are mirrored.");
        GarmTelemetry.Meter.CreateObservableGauge(
            "garm.source.lag", () => Observe(x => x.Lag), "s", "How long the oldest event of a source waits to be written; 0 when none waits.");
    }

    /// <summary>Makes the instruments, if they are not made yet.</summary>
    public static void Make()
    {
    }

    /// <summary>Begins to show a source with its counters at 0.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="clock">The clock by which its events arrive.</param>
    public static SourceGauge Show(string source, ITimeProvider clock)
    {
        Events.Add(0, new KeyValuePair<string, object?>(Tag, source));
        Repairs.Add(0, new KeyValuePair<string, object?>(Tag, source));
        return Gauges[source] = new SourceGauge(clock);
    }

    /// <summary>Shows it no more; nothing happens when another actor shows it already.</summary>
    public static void Hide(string source, SourceGauge gauge) =>
        Gauges.TryRemove(new KeyValuePair<string, SourceGauge>(source, gauge));

    /// <summary>The source has sent events.</summary>
    public static void EventsCame(string source, int count) => Events.Add(count, new KeyValuePair<string, object?>(Tag, source));

    /// <summary>A list has brought changes.</summary>
    public static void Repaired(string source, int count) => Repairs.Add(count, new KeyValuePair<string, object?>(Tag, source));

    private static IEnumerable<Measurement<T>> Observe<T>(Func<SourceGauge, T> value)
        where T : struct =>
        Gauges.Select(x => new Measurement<T>(value(x.Value), new KeyValuePair<string, object?>(Tag, x.Key)));
}

/// <summary>What is shown of a source; written by its actor, read at each scrape.</summary>
internal sealed class SourceGauge(ITimeProvider clock)
{
    private long _oldest;

    /// <summary>Whether the event socket is open.</summary>
    public bool IsUp { get; set; }

    /// <summary>How many entities are mirrored.</summary>
    public int Entities { get; set; }

    /// <summary>When the oldest event that is not written came; null for none.</summary>
    public DateTimeOffset? Oldest
    {
        set => Volatile.Write(ref _oldest, value?.UtcTicks ?? 0);
    }

    /// <summary>In seconds.</summary>
    public double Lag => Volatile.Read(ref _oldest) is > 0 and var oldest
        ? Math.Max(0, TimeSpan.FromTicks(clock.Now.UtcTicks - oldest).TotalSeconds)
        : 0;
}
