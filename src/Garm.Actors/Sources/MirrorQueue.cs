using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>A change that waits to be written.</summary>
/// <param name="Change">The change.</param>
/// <param name="Fingerprint">Of the list's entry that it makes the mirror the same as; 0 where that is not known.</param>
/// <param name="Arrived">When it came.</param>
internal readonly record struct QueuedChange(MirrorChange Change, ulong Fingerprint, DateTimeOffset Arrived);

/// <summary>
/// The changes that wait to be written, in order. A batch has each entity once, because a commit of the log has. One batch is written
/// at a time, and stays at the front until it is written.
/// </summary>
internal sealed class MirrorQueue(int batchSize)
{
    private readonly Queue<QueuedChange> _waiting = [];
    private readonly HashSet<MirrorKey> _keys = [];

    /// <summary>How many changes wait, those of the batch too.</summary>
    public int Count => _waiting.Count + Batch.Count;

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many changes were ever added.</summary>
    public long Added { get; private set; }

    /// <summary>How many of them are written.</summary>
    public long Done { get; private set; }

    /// <summary>What is being written.</summary>
    public IReadOnlyList<QueuedChange> Batch { get; private set; } = [];

    /// <summary>When the oldest event that is not written came; null for none.</summary>
    public DateTimeOffset? Oldest => Batch.Count > 0 ? Batch[0].Arrived : _waiting.TryPeek(out var first) ? first.Arrived : null;

    /// <summary>Adds one at the end.</summary>
    public void Add(QueuedChange change)
    {
        _waiting.Enqueue(change);
        Bytes += change.Change.Payload.Length;
        Added++;
    }

    /// <summary>Makes the next batch; false when nothing waits, or one is being written.</summary>
    public bool TakeBatch()
    {
        if (Batch.Count > 0 || _waiting.Count == 0) return false;
        var batch = new List<QueuedChange>();
        _keys.Clear();
        while (batch.Count < batchSize && _waiting.TryPeek(out var next) && _keys.Add(next.Change.Key)) batch.Add(_waiting.Dequeue());
        Batch = batch;
        return true;
    }

    /// <summary>The batch is written.</summary>
    public void EndBatch()
    {
        Done += Batch.Count;
        Bytes -= Batch.Sum(x => (long)x.Change.Payload.Length);
        Batch = [];
    }
}
