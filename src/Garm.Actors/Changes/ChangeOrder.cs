using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>The result of <see cref="ChangeOrder.Offer"/>.</summary>
internal enum BatchVerdict
{
    /// <summary>At least a part of it is next, and ready to be forwarded.</summary>
    InOrder,

    /// <summary>All of it was forwarded before.</summary>
    Duplicate,

    /// <summary>A change before it is missing; this one is held.</summary>
    Ahead,

    /// <summary>
    /// It has another epoch, or its chain does not continue what was forwarded. Only the database can tell which history is
    /// current.
    /// </summary>
    Foreign,
}

/// <summary>The result of <see cref="ChangeOrder.Fill"/>.</summary>
/// <param name="Ready">The changes to forward now.</param>
/// <param name="Pruned">How many changes retention deleted before this node read them; its sessions have lost them.</param>
internal readonly record struct FilledGap(ImmutableArray<Change> Ready, long Pruned);

/// <summary>
/// Puts changes into the order of the log: forwards each position once, and none before its predecessor. Positions are
/// dense, so a gap is always a change that did not arrive, and the log has it. A change with the next position but another
/// <see cref="LogChain"/> belongs to a database that was restored from an older copy, and is not forwarded.
/// </summary>
/// <param name="head">The place to continue from.</param>
/// <param name="maxHeld">Most changes to hold while an earlier one is missing; further ones are dropped and read from the log.</param>
internal sealed class ChangeOrder(LogPlace head, int maxHeld)
{
    private readonly SortedDictionary<long, ImmutableArray<Change>> _held = [];
    private int _heldChanges;

    /// <summary>The epoch and position of the last forwarded change.</summary>
    public LogPlace Head { get; private set; } = head;

    /// <summary>The newest position that this node knows of.</summary>
    public LogPosition Known { get; private set; } = head.Position;

    /// <summary>Whether a change is missing.</summary>
    public bool IsBehind => Known > Head.Position;

    /// <summary>The number of changes that wait for an earlier one.</summary>
    public int HeldChanges => _heldChanges;

    /// <summary>Whether the whole batch was forwarded before.</summary>
    public bool Has(ChangeBatch batch) =>
        batch.Epoch == Head.Epoch && (batch.Changes.IsDefaultOrEmpty || batch.Last <= Head.Position);

    public BatchVerdict Offer(ChangeBatch batch, out ImmutableArray<Change> ready)
    {
        ready = [];
        if (batch.Epoch != Head.Epoch) return BatchVerdict.Foreign;
        if (Has(batch)) return BatchVerdict.Duplicate;

        Hear(batch.Last);
        if (batch.First > Head.Position.Next)
        {
            Hold(batch.Changes);
            return BatchVerdict.Ahead;
        }

        if (!Follows(batch.Changes.AsSpan())) return BatchVerdict.Foreign;
        ready = Advance(batch.Changes);
        return BatchVerdict.InOrder;
    }

    /// <summary>Notes that the log reaches this position.</summary>
    public void Hear(LogPosition position) => Known = position > Known ? position : Known;

    /// <summary>The state that has to be kept for a read of the log that begins now.</summary>
    public SnapshotStart BeginSnapshot() => new(Head, Known);

    /// <summary>
    /// Whether the database has another history now: another epoch, an end before the last change forwarded when the read began
    /// (changes forwarded since then may be newer than the read), or another chain at the same position.
    /// </summary>
    public bool IsOtherHistory(LogSnapshot read) =>
        read.Head.Epoch != Head.Epoch
        || read.Head.Position < read.Start.After
        || IsOtherPast(read.Head, read.Start.At)
        || IsOtherPast(read.Head, Head)
        || !Follows([.. read.Changes]);

    /// <summary>Continues from a place of another history and drops the held changes of the former one.</summary>
    /// <param name="place">The place.</param>
    /// <param name="known">How far that history is known to reach.</param>
    public void Adopt(LogPlace place, LogPosition known)
    {
        DropHeld();
        Head = place;
        Known = place.Position;
        Hear(known);
    }

    /// <summary>Closes the gap with a page of the log.</summary>
    public FilledGap Fill(LogSnapshot read)
    {
        var before = Head.Position;
        var fresh = read.Changes.Where(c => c.Position > before).ToImmutableArray();
        var end = !fresh.IsEmpty ? new LogPosition(fresh[0].Position.Value - 1)
            : read.IsFull || read.Head.Position < before ? before
            : read.Head.Position; // The page was read after the head: what it lacks up to there was pruned.
        if (end > before) Head = Head with { Position = end, Chain = fresh.IsEmpty ? read.Head.Chain : fresh[0].ChainBefore };
        Hear(read.Head.Position);
        var ready = Advance(fresh);
        if (!read.IsFull && read.Start.Known > read.Head.Position) ForgetMissing();
        return new FilledGap(ready, end.Value - before.Value);
    }

    // The position was known before the read but is not in the log: it was never committed there. Later ones are dropped too; the log has them.
    private void ForgetMissing()
    {
        DropHeld();
        Known = Head.Position;
    }

    private void Hold(ImmutableArray<Change> changes)
    {
        var first = changes[0].Position.Value;
        var size = changes.Length;
        if (_held.TryGetValue(first, out var other))
        {
            if (other.Length >= size) return;
            size -= other.Length;
        }

        if (_heldChanges + size > maxHeld) return;
        _held[first] = changes;
        _heldChanges += size;
    }

    private ImmutableArray<Change> Advance(ImmutableArray<Change> changes)
    {
        var ready = TakeFresh(changes);
        if (!HoldsNext()) return ready;

        var more = ready.ToBuilder();
        while (HoldsNext())
        {
            var (first, held) = _held.First();
            _held.Remove(first);
            _heldChanges -= held.Length;

            // A change that does not continue the chain is left out and counts as missing: the log has the right one.
            if (Follows(held.AsSpan())) more.AddRange(TakeFresh(held));
        }

        return more.ToImmutable();
    }

    private bool HoldsNext() => _held.Count > 0 && _held.First().Key <= Head.Position.Next.Value;

    private static bool IsOtherPast(LogPlace one, LogPlace other) => one.Position == other.Position && one.Chain != other.Chain;

    /// <summary>Whether the next change among these continues the chain; true when none of them is next.</summary>
    private bool Follows(ReadOnlySpan<Change> changes)
    {
        var next = changes.IsEmpty ? -1 : Head.Position.Value - changes[0].Position.Value + 1;
        return next < 0 || next >= changes.Length
            || changes[(int)next].Position != Head.Position.Next || changes[(int)next].ChainBefore == Head.Chain;
    }

    private ImmutableArray<Change> TakeFresh(ImmutableArray<Change> changes)
    {
        if (changes.IsEmpty || changes[^1].Position <= Head.Position) return [];
        var known = (int)Math.Max(0, Head.Position.Value - changes[0].Position.Value + 1);
        Head = Head with { Position = changes[^1].Position, Chain = changes[^1].Chain };
        return known == 0 ? changes : changes.Slice(known, changes.Length - known);
    }

    private void DropHeld()
    {
        _held.Clear();
        _heldChanges = 0;
    }
}
