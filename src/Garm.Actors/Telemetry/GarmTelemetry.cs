using System.Diagnostics;
using System.Diagnostics.Metrics;
using Garm.Log;

namespace Garm.Actors.Telemetry;

/// <summary>
/// Metrics and traces of the relay and of sending. <c>docs/metrics.md</c> lists the instruments, and a test compares the two. Nothing here
/// is called for each event and session, only once per batch or write. Tags are bounded.
/// </summary>
public static class GarmTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Garm.Actors";

    internal static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Counter<long> Relayed = Meter.CreateCounter<long>(
        "garm.events.relayed", "{event}", "Changes that this node's relay sent on, each counted once.");

    private static readonly Counter<long> Delivered = Meter.CreateCounter<long>(
        "garm.events.delivered", "{frame}", "Text frames written to sockets: one for each event and session, and control frames.");

    private static readonly Counter<long> GapsRepaired = Meter.CreateCounter<long>(
        "garm.relay.gaps_repaired", "{gap}", "How often the relay read changes from the log that the mediator did not deliver.");

    private static readonly Gauge<long> LogPlace = Meter.CreateGauge<long>(
        "garm.log.head", "{position}", "The newest position in the log that this node knows of.");

    private static readonly Gauge<long> RelayPosition = Meter.CreateGauge<long>(
        "garm.relay.position", "{position}", "The last position that this node's relay sent on.");

    private static readonly Histogram<double> CommitToSend = Meter.CreateHistogram(
        "garm.events.commit_to_send", "s",
        "Time from the commit, by the writing node's clock, to the write to a socket; sampled, at most once per write.",
        advice: Buckets.OfWaits);

    // So that they are known with the others, also while nothing is mirrored.
    static GarmTelemetry() => SourceTelemetry.Make();

    /// <summary>Whether commit-to-send times are collected.</summary>
    internal static bool MeasuresSends => CommitToSend.Enabled || Source.HasListeners();

    /// <summary>Initializes the counters to 0. The host calls it once metrics are collected.</summary>
    public static void Show()
    {
        Relayed.Add(0);
        Delivered.Add(0);
        GapsRepaired.Add(0);
    }

    /// <summary>The relay has sent this number of changes.</summary>
    internal static void EventsRelayed(int count) => Relayed.Add(count);

    /// <summary>A write has sent this number of text frames.</summary>
    public static void EventsDelivered(int frames) => Delivered.Add(frames);

    /// <summary>The relay has filled a gap from the log.</summary>
    internal static void GapRepaired() => GapsRepaired.Add(1);

    /// <summary>The positions of the log's head and of the relay.</summary>
    internal static void RelayStands(LogPosition head, LogPosition relayed)
    {
        if (LogPlace.Enabled) LogPlace.Record(head.Value);
        if (RelayPosition.Enabled) RelayPosition.Record(relayed.Value);
    }

    /// <summary>A span for the relaying of a commit; null unless traces are exported.</summary>
    internal static Activity? StartRelay(ChangeBatch batch)
    {
        if (!Source.HasListeners()) return null;
        CommitTraces.TryTake(batch.CommitId, out var commit);
        return Source.StartActivity("relay", ActivityKind.Internal, commit)?.SetTag("garm.commit_id", batch.CommitId);
    }

    /// <summary>An event was written.</summary>
    internal static void EventSent(DateTimeOffset committedAt, DateTimeOffset queuedAt, DateTimeOffset sentAt, SendTrace? trace)
    {
        // Another node's clock may be ahead of this one's.
        if (CommitToSend.Enabled) CommitToSend.Record(Math.Max(0, (sentAt - committedAt).TotalSeconds));
        if (trace?.TryClaim() is not { } parent) return;
        using var span = Source.StartActivity("send", ActivityKind.Internal, parent, startTime: queuedAt);
        span?.SetEndTime(sentAt.UtcDateTime);
    }
}
