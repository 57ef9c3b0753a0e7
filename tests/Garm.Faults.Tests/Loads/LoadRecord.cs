using System.Diagnostics;
using Garm.Faults.Tests.Ledgers;
using Garm.Log;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Loads;

/// <summary>The record of writers and subscribers, with times; thread-safe.</summary>
internal sealed class LoadRecord
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly List<WrittenChange> _written = [];
    private readonly Dictionary<string, long> _acknowledgedAt = [];
    private readonly Dictionary<string, SubscriberRecord> _subscribers = [];
    private readonly List<string> _surprises = [];

    /// <summary>The number of acknowledged writes.</summary>
    public int Acknowledged
    {
        get
        {
            lock (_gate) return _acknowledgedAt.Count;
        }
    }

    /// <summary>The number of writes that the hub failed.</summary>
    public int Refused { get; private set; }

    /// <summary>Observations that neither a fault nor the protocol explains.</summary>
    public IReadOnlyList<string> Surprises
    {
        get
        {
            lock (_gate) return [.. _surprises];
        }
    }

    /// <summary>Adds a subscriber.</summary>
    public SubscriberRecord Add(string name, bool isNarrow)
    {
        lock (_gate) return _subscribers[name] = new SubscriberRecord(name, isNarrow);
    }

    /// <summary>A write was answered with its cursor.</summary>
    public void Acknowledge(string identity, string cursor, bool isMarked)
    {
        var now = Stopwatch.GetTimestamp();
        if (!EventCursor.TryDecode(cursor, out var place)) Surprise($"{identity} was answered with the cursor \"{cursor}\"");
        lock (_gate)
        {
            _written.Add(new WrittenChange(identity, place, isMarked));
            _acknowledgedAt[identity] = now;
        }
    }

    /// <summary>A write was sent, and its answer did not come.</summary>
    public void LoseAnswer(string identity, bool isMarked)
    {
        lock (_gate) _written.Add(new WrittenChange(identity, null, isMarked));
    }

    /// <summary>A write was answered with a server error, so its outcome is unknown.</summary>
    public void Refuse(string identity, bool isMarked)
    {
        LoseAnswer(identity, isMarked);
        lock (_gate) Refused++;
    }

    /// <summary>Something happened that must not happen.</summary>
    public void Surprise(string what)
    {
        lock (_gate) _surprises.Add(what);
    }

    /// <summary>The subscribers that are live at this node.</summary>
    public int ListeningAt(int node) => Count(x => x.Node == node ? 1 : 0);

    /// <summary>The codes of all close frames.</summary>
    public IReadOnlyList<int> CloseCodes
    {
        get
        {
            lock (_gate) return [.. _subscribers.Values.SelectMany(x => x.CloseCodes)];
        }
    }

    /// <summary>The ledger so far.</summary>
    public Ledger ToLedger(IReadOnlySet<string> stored)
    {
        lock (_gate) return new Ledger([.. _written], [.. _subscribers.Values.Select(x => x.ToLog())], stored);
    }

    /// <summary>The identities that were acknowledged so far.</summary>
    public IReadOnlyList<string> AcknowledgedSoFar()
    {
        lock (_gate) return [.. _acknowledgedAt.Keys];
    }

    /// <summary>The longest time from this moment, or from a later answer, until a matching subscriber saw one of these writes.</summary>
    public TimeSpan LongestWait(IEnumerable<string> identities, long since)
    {
        lock (_gate)
        {
            return identities
                .SelectMany(x => _subscribers.Values.Select(y => y.SeenAt(x)).OfType<long>().Select(seen => (From: Math.Max(since, _acknowledgedAt.GetValueOrDefault(x)), seen)))
                .Select(x => Stopwatch.GetElapsedTime(x.From, Math.Max(x.From, x.seen)))
                .DefaultIfEmpty()
                .Max();
        }
    }

    /// <summary>Waits until every subscriber has seen this write, which must match all their filters.</summary>
    public Task UntilSeenByAllAsync(string identity) => Retry.UntilAsync(
        $"all have seen {identity}", () => Task.FromResult(Count(x => x.SeenAt(identity) is null ? 1 : 0) == 0), Patience);

    /// <summary>Waits until subscribers have received this number of going-away frames.</summary>
    public Task UntilGoneAwayAsync(int times) => Retry.UntilAsync(
        $"subscribers were told {times} times that a node goes away", () => Task.FromResult(Count(x => x.GoingsAway) >= times), Patience);

    /// <summary>The sum over all subscribers.</summary>
    public int Count(Func<SubscriberRecord, int> what)
    {
        lock (_gate) return _subscribers.Values.Sum(what);
    }
}
