using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// A ring buffer of the last relayed changes, bounded by count and by bytes of payload and without gaps. Sessions catch up from
/// it without reading the database. A position is found in constant time, since thousands of sessions may reconnect at once.
/// </summary>
internal sealed class RecentChanges(int maxCount, long maxBytes)
{
    private RelayedChange[] _ring = new RelayedChange[Math.Min(maxCount, 256)];
    private int _oldest;

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Adds the next change. After a gap the buffer starts anew, because readers would not notice the gap.</summary>
    public void Add(RelayedChange change)
    {
        if (Count > 0 && change.Change.Position != Newest.Next) Clear();
        if (maxCount == 0) return;
        if (Count == maxCount) DropOldest();
        if (Count == _ring.Length) Grow();
        _ring[(_oldest + Count) % _ring.Length] = change;
        Count++;
        Bytes += SizeOf(change);
        while (Count > 0 && Bytes > maxBytes) DropOldest();
    }

    /// <summary>Removes all changes.</summary>
    public void Clear()
    {
        while (Count > 0) DropOldest();
    }

    /// <summary>
    /// The changes that follow <paramref name="after"/>, at most <paramref name="limit"/>; false when the ring does not have the
    /// first of them, so that the log has to be read.
    /// </summary>
    public bool TryReadAfter(LogPosition after, int limit, out ImmutableArray<RelayedChange> changes)
    {
        changes = [];
        if (Count == 0 || after.Next < At(0).Change.Position || after > Newest) return false;
        var first = (int)(after.Next.Value - At(0).Change.Position.Value);
        var builder = ImmutableArray.CreateBuilder<RelayedChange>(Math.Min(limit, Count - first));
        for (var i = first; builder.Count < builder.Capacity; i++) builder.Add(At(i));
        changes = builder.MoveToImmutable();
        return true;
    }

    /// <summary>The places before the first change and after each change, ascending.</summary>
    public IEnumerable<LogPlace> Places =>
        Count == 0 ? [] : Enumerable.Range(0, Count).Select(i => At(i).Place).Prepend(At(0).PlaceBefore);

    private LogPosition Newest => At(Count - 1).Change.Position;

    private RelayedChange At(int index) => _ring[(_oldest + index) % _ring.Length];

    private void DropOldest()
    {
        Bytes -= SizeOf(At(0));
        _ring[_oldest] = null!;
        _oldest = (_oldest + 1) % _ring.Length;
        Count--;
    }

    private void Grow()
    {
        var larger = new RelayedChange[Math.Min(maxCount, _ring.Length * 2)];
        for (var i = 0; i < Count; i++) larger[i] = At(i);
        (_ring, _oldest) = (larger, 0);
    }

    private static long SizeOf(RelayedChange change) => change.Change.Payload.Length;
}
