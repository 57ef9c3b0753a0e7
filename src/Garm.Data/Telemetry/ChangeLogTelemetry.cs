using System.Diagnostics;
using System.Diagnostics.Metrics;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Data.Telemetry;

/// <summary>
/// The change log's metrics and traces. <c>docs/metrics.md</c> lists the instruments; a test compares the two.
/// Tags are bounded: names of the contract, never an id.
/// </summary>
public static class ChangeLogTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Garm.Data";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Counter<long> Committed = Meter.CreateCounter<long>(
        "garm.log.committed", "{event}", "Changes committed by this node.");

    private static readonly Histogram<double> HeadWait = Meter.CreateHistogram(
        "garm.log.head.wait", "s", "Time a commit waited for the lock of the log's head.", advice: Buckets.OfWaits);

    private static readonly Histogram<double> TurnWait = Meter.CreateHistogram(
        "garm.log.turn.wait", "s", "Time a write waited for its turn: on SQLite every write, on PostgreSQL the update of a single row.",
        advice: Buckets.OfWaits);

    private static readonly Counter<long> Reads = Meter.CreateCounter<long>(
        "garm.log.reads", "{read}", "Reads of the log.");

    private static readonly UpDownCounter<long> Readers = Meter.CreateUpDownCounter<long>(
        "garm.log.readers", "{read}", "Reads of the log in progress.");

    /// <summary>Initializes the counters to 0. The host calls it once metrics are collected.</summary>
    public static void Show() => Readers.Add(0);

    /// <summary>The current time, for the waits below.</summary>
    public static long Timestamp() => Stopwatch.GetTimestamp();

    /// <summary>The head's lock was taken; <paramref name="since"/> is the time of the request.</summary>
    public static void HeadTaken(long since) => HeadWait.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    /// <summary>The write's turn has come; <paramref name="since"/> is the time of the request.</summary>
    public static void TurnTaken(long since) => TurnWait.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    /// <summary>These changes were committed.</summary>
    public static void OnCommitted(ChangeBatch batch)
    {
        if (!Committed.Enabled) return;
        foreach (var change in batch.Changes)
        {
            Committed.Add(
                1, new("entity_type", change.EntityType.WireName()), new("operation", change.Operation.WireName()));
        }
    }

    /// <summary>A read of the log begins; disposed when it ends.</summary>
    /// <param name="kind"><c>head</c> or <c>page</c>.</param>
    public static LogRead Read(string kind)
    {
        Reads.Add(1, new KeyValuePair<string, object?>("kind", kind));
        Readers.Add(1);
        return new LogRead();
    }

    /// <summary>A span over the transaction; null when no traces are exported.</summary>
    public static Activity? StartCommit() => Source.HasListeners() ? Source.StartActivity("commit") : null;

    /// <summary>Keeps the current trace for the relay of this commit.</summary>
    public static void KeepTrace(Activity? commit, ChangeBatch batch)
    {
        if (commit is null) return;
        commit.SetTag("garm.commit_id", batch.CommitId).SetTag("garm.changes", batch.Changes.Length);
        CommitTraces.Keep(batch.CommitId, commit.Context);
    }

    /// <summary>A read in progress.</summary>
    public readonly struct LogRead : IDisposable
    {
        /// <summary>The read has ended.</summary>
        public void Dispose() => Readers.Add(-1);
    }
}
