using System.Diagnostics;

namespace Garm.Bench.Load;

/// <summary>What has arrived at all subscribers. Used by one thread at a time.</summary>
internal sealed class Ledger(LoadOptions options)
{
    private readonly List<int> _latencies = new((int)Math.Min(options.Expected, 50_000_000));

    public long Delivered { get; private set; }
    public long Duplicates { get; private set; }
    public long OutOfOrder { get; private set; }
    public long Frames { get; set; }
    public long Bytes { get; set; }
    public long Closed { get; set; }
    public int Ready { get; set; }
    public long LastArrival { get; private set; }
    public long LastReady { get; set; }

    /// <summary>Tokens of stalled subscribers: counted, but not timed.</summary>
    public long DeliveredToStalled { get; private set; }

    /// <summary>One token has come to one subscriber.</summary>
    public void Arrived(in Token token, SubscriberRecord record, bool stalled, long now)
    {
        if (token.Writer < 0 || token.Writer >= options.Writers || token.Sequence < 0 || token.Sequence >= options.EventsPerWriter) return;
        if (!record.TryMark((token.Writer * options.EventsPerWriter) + token.Sequence))
        {
            Duplicates++;
            return;
        }

        if (token.Sequence < record.Last[token.Writer]) OutOfOrder++;
        else record.Last[token.Writer] = token.Sequence;
        if (stalled)
        {
            DeliveredToStalled++;
            return;
        }

        Delivered++;
        LastArrival = now;
        if (_latencies.Count < _latencies.Capacity)
            _latencies.Add((int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(token.Ticks, now).TotalMicroseconds));
    }

    /// <summary>Milliseconds within which this share of the events came.</summary>
    public IReadOnlyList<double> Percentiles(params double[] shares)
    {
        _latencies.Sort();
        return [.. shares.Select(x => _latencies.Count == 0 ? 0 : _latencies[(int)((_latencies.Count - 1) * x)] / 1000.0)];
    }
}

/// <summary>What one subscriber has seen.</summary>
internal sealed class SubscriberRecord
{
    private readonly byte[] _seen;

    public SubscriberRecord(LoadOptions options)
    {
        _seen = options.EventsPerWriter == 0 ? [] : new byte[(options.EventsPerWriter * options.Writers / 8) + 1];
        Last = new int[options.EventsPerWriter == 0 ? 0 : options.Writers];
        Array.Fill(Last, -1);
    }

    /// <summary>The last sequence number of each writer.</summary>
    public int[] Last { get; }

    /// <summary>False when it was seen before.</summary>
    public bool TryMark(int index)
    {
        var bit = (byte)(1 << (index & 7));
        if ((_seen[index >> 3] & bit) != 0) return false;
        _seen[index >> 3] |= bit;
        return true;
    }
}
