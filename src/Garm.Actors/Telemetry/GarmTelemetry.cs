using System.Diagnostics;
using System.Diagnostics.Metrics;
using Garm.Log;

namespace Garm.Actors.Telemetry;

/// <summary>
/// What the relay and the sending of events tell of themselves, beside the sessions' own telemetry. <c>docs/metrics.md</c> lists
/// the instruments for people; a test compares the two. Nothing here is called once an event and session: at most once a batch or a write. Tags are bounded.
/// </summary>
public static class GarmTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Garm.Actors";

    internal static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Counter<long> Relayed = Meter.CreateCounter<long>(
        "garm.events.relayed", "{event}", "Changes that this node's relay let through, each once.");

    private static readonly Counter<long> Delivered = Meter.CreateCounter<long>(
        "garm.events.delivered", "{frame}", "Text frames written to sockets: one an event and session, and what a session says itself.");

    private static readonly Counter<long> GapsRepaired = Meter.CreateCounter<long>(
        "garm.relay.gaps_repaired", "{gap}", "Times the relay read from the log what the mediator did not bring.");

    private static readonly Gauge<long> LogHead = Meter.CreateGauge<long>(
        "garm.log.head", "{position}", "The newest position in the log that this node has heard of.");

    private static readonly Gauge<long> RelayPosition = Meter.CreateGauge<long>(
        "garm.relay.position", "{position}", "The last position that this node's relay let through.");

    private static readonly Histogram<double> CommitToSend = Meter.CreateHistogram(
        "garm.events.commit_to_send", "s",
        "From the commit, by the writing node's clock, to the write to a socket; a sample, at most one a write.",
        advice: Buckets.OfWaits);

    /// <summary>Whether anybody looks at commit-to-send times, so that they are worth measuring.</summary>
    internal static bool MeasuresSends => CommitToSend.Enabled || Source.HasListeners();

    /// <summary>Shows what nothing was measured of yet as 0. Told by the host once somebody collects.</summary>
    public static void Show()
    {
        Relayed.Add(0);
        Delivered.Add(0);
        GapsRepaired.Add(0);
    }

    /// <summary>The relay let so many changes through.</summary>
    public static void EventsRelayed(int count) => Relayed.Add(count);

    /// <summary>One write brought so many text frames to a socket.</summary>
    public static void EventsDelivered(int frames) => Delivered.Add(frames);

    /// <summary>The relay read from the log what the mediator did not bring.</summary>
    public static void GapRepaired() => GapsRepaired.Add(1);

    /// <summary>Where the relay stands.</summary>
    public static void RelayStands(LogPosition head, LogPosition relayed)
    {
        if (LogHead.Enabled) LogHead.Record(head.Value);
        if (RelayPosition.Enabled) RelayPosition.Record(relayed.Value);
    }

    /// <summary>A span over the relaying of a commit; null unless somebody exports traces.</summary>
    internal static Activity? StartRelay(ChangeBatch batch)
    {
        if (!Source.HasListeners()) return null;
        CommitTraces.TryTake(batch.CommitId, out var commit);
        return Source.StartActivity("relay", ActivityKind.Internal, commit)?.SetTag("garm.commit_id", batch.CommitId);
    }

    /// <summary>An event's bytes were written; it was committed, queued and sent at these moments.</summary>
    internal static void EventSent(DateTimeOffset committedAt, DateTimeOffset queuedAt, DateTimeOffset sentAt, SendTrace? trace)
    {
        // Another node's clock may be ahead of this one's.
        if (CommitToSend.Enabled) CommitToSend.Record(Math.Max(0, (sentAt - committedAt).TotalSeconds));
        if (trace?.TryClaim() is not { } parent) return;
        using var span = Source.StartActivity("send", ActivityKind.Internal, parent, startTime: queuedAt);
        span?.SetEndTime(sentAt.UtcDateTime);
    }
}
