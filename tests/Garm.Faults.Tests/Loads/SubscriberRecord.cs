using System.Diagnostics;
using Garm.Faults.Tests.Ledgers;
using Garm.Log;

namespace Garm.Faults.Tests.Loads;

/// <summary>What one subscriber received over all its connections.</summary>
internal sealed class SubscriberRecord(string name, bool isNarrow)
{
    private readonly Lock _gate = new();
    private readonly List<SeenChange> _seen = [];
    private readonly Dictionary<string, long> _seenAt = [];
    private readonly List<string> _refusals = [];
    private readonly List<int> _closeCodes = [];

    public string Name => name;

    public bool IsNarrow => isNarrow;

    /// <summary>The node where it is live; null while it is not.</summary>
    public int? Node { get; set; }

    /// <summary>Connections that ended.</summary>
    public int Breaks { get; private set; }

    /// <summary>The number of going-away frames.</summary>
    public int GoingsAway { get; private set; }

    /// <summary>The codes of error frames, in order.</summary>
    public IReadOnlyList<string> Refusals
    {
        get
        {
            lock (_gate) return [.. _refusals];
        }
    }

    /// <summary>The codes of close frames, in order.</summary>
    public IReadOnlyList<int> CloseCodes
    {
        get
        {
            lock (_gate) return [.. _closeCodes];
        }
    }

    /// <summary>When it saw this first.</summary>
    public long? SeenAt(string identity)
    {
        lock (_gate) return _seenAt.TryGetValue(identity, out var at) ? at : null;
    }

    public void See(string identity, LogPlace place)
    {
        lock (_gate)
        {
            _seen.Add(new SeenChange(identity, place));
            _seenAt.TryAdd(identity, Stopwatch.GetTimestamp());
        }
    }

    public void Refuse(string code)
    {
        lock (_gate) _refusals.Add(code);
    }

    public void Close(int? code)
    {
        lock (_gate) _closeCodes.Add(code ?? 1005);
    }

    public void Break()
    {
        Breaks++;
        Node = null;
    }

    public void GoAway() => GoingsAway++;

    /// <summary>For the ledger.</summary>
    public SubscriberLog ToLog()
    {
        lock (_gate) return new SubscriberLog(name, isNarrow, [.. _seen]);
    }
}
