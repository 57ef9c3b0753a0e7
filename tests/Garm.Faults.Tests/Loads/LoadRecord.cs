using System.Diagnostics;
using Garm.Faults.Tests.Ledgers;
using Garm.Log;
using Garm.TestUtilities;

namespace Garm.Faults.Tests.Loads;

/// <summary>What writers and subscribers tell, with the times; any thread may tell.</summary>
internal sealed class LoadRecord
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly List<WrittenChange> _written = [];
    private readonly Dictionary<string, long> _acknowledgedAt = [];
    private readonly Dictionary<string, SubscriberRecord> _subscribers = [];
    private readonly List<string> _surprises = [];

    /// <summary>How many writes were acknowledged.</summary>
    public int Acknowledged
    {
        get
        {
            lock (_gate) return _acknowledgedAt.Count;
        }
    }

    /// <summary>How many writes the hub failed.</summary>
    public int Refused { get; private set; }

    /// <summary>What neither a fault nor the protocol explains.</summary>
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

    /// <summary>A write was answered with a failure of the hub's own, which leaves open what has become of it.</summary>
    public void Refuse(string identity, bool isMarked)
    {
        LoseAnswer(identity, isMarked);
        lock (_gate) Refused++;
    }

    /// <summary>Something happened that must not.</summary>
    public void Surprise(string what)
    {
        lock (_gate) _surprises.Add(what);
    }

    /// <summary>Who listens at this node at the moment.</summary>
    public int ListeningAt(int node) => Count(x => x.Node == node ? 1 : 0);

    /// <summary>The codes of all close frames.</summary>
    public IReadOnlyList<int> CloseCodes
    {
        get
        {
            lock (_gate) return [.. _subscribers.Values.SelectMany(x => x.CloseCodes)];
        }
    }

    /// <summary>Everything so far, to be judged.</summary>
    public Ledger ToLedger(IReadOnlySet<string> stored)
    {
        lock (_gate) return new Ledger([.. _written], [.. _subscribers.Values.Select(x => x.ToLog())], stored);
    }

    /// <summary>The identities that were acknowledged so far.</summary>
    public IReadOnlyList<string> AcknowledgedSoFar()
    {
        lock (_gate) return [.. _acknowledgedAt.Keys];
    }

    /// <summary>The longest time from this moment, or from the answer where that came later, until one who asked for it saw one of these.</summary>
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

    /// <summary>Waits until every subscriber has seen this, which all must ask for.</summary>
    public Task UntilSeenByAllAsync(string identity) => Retry.UntilAsync(
        $"all have seen {identity}", () => Task.FromResult(Count(x => x.SeenAt(identity) is null ? 1 : 0) == 0), Patience);

    /// <summary>Waits until so many times a subscriber was told that its node goes away.</summary>
    public Task UntilGoneAwayAsync(int times) => Retry.UntilAsync(
        $"subscribers were told {times} times that a node goes away", () => Task.FromResult(Count(x => x.GoingsAway) >= times), Patience);

    /// <summary>The sum over all subscribers.</summary>
    public int Count(Func<SubscriberRecord, int> what)
    {
        lock (_gate) return _subscribers.Values.Sum(what);
    }
}
