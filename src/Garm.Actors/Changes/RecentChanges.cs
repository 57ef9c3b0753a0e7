using System.Collections.Immutable;
using Garm.Data.ChangeLog;

namespace Garm.Actors.Changes;

/// <summary>
/// The last relayed changes, bounded by count and by bytes, without a hole: what a session that lags behind can catch up
/// from without asking the database.
/// </summary>
internal sealed class RecentChanges(int maxCount, long maxBytes)
{
    private readonly Queue<RelayedChange> _changes = [];

    public int Count => _changes.Count;

    public long Bytes { get; private set; }

    /// <summary>Adds the next change. One that does not follow the newest starts anew: a hole would be taken for silence.</summary>
    public void Add(RelayedChange change)
    {
        if (_changes.Count > 0 && change.Change.Position != Newest.Next) Clear();
        _changes.Enqueue(change);
        Newest = change.Change.Position;
        Bytes += SizeOf(change);
        while (_changes.Count > 0 && (_changes.Count > maxCount || Bytes > maxBytes)) Bytes -= SizeOf(_changes.Dequeue());
    }

    /// <summary>Forgets everything: another history began.</summary>
    public void Clear()
    {
        _changes.Clear();
        Bytes = 0;
    }

    /// <summary>
    /// The changes that follow <paramref name="after"/>, at most <paramref name="limit"/>; false when the ring no longer
    /// has the first of them, and the log has to be asked.
    /// </summary>
    public bool TryReadAfter(LogPosition after, int limit, out ImmutableArray<RelayedChange> changes)
    {
        changes = [];
        if (!_changes.TryPeek(out var oldest) || after.Next < oldest.Change.Position || after > Newest) return false;
        changes = [.. _changes.Skip((int)(after.Value - oldest.Change.Position.Value + 1)).Take(limit)];
        return true;
    }

    private LogPosition Newest { get; set; }

    private static long SizeOf(RelayedChange change) => change.Change.Payload.Length + change.Frame.Length;
}
