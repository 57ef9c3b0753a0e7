using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>What <see cref="ChangeOrder"/> makes of a batch.</summary>
internal enum BatchVerdict
{
    /// <summary>It is next, at least in part: forward what is ready.</summary>
    InOrder,

    /// <summary>All of it was forwarded before.</summary>
    Duplicate,

    /// <summary>Something before it is missing.</summary>
    Ahead,

    /// <summary>
    /// It is of another history, or does not follow what was forwarded: only the database can say which one is right.
    /// </summary>
    Foreign,
}

/// <summary>What was known when a look at the log began.</summary>
/// <param name="At">The history and the last change forwarded.</param>
/// <param name="Known">The newest change heard of.</param>
internal readonly record struct LookStart(LogPlace At, LogPosition Known)
{
    /// <summary>The last change forwarded.</summary>
    public LogPosition After => At.Position;
}

/// <summary>A look at the log: its head, and what followed <see cref="LookStart.After"/>, read after the head.</summary>
/// <param name="Start">What was known when it began.</param>
/// <param name="Head">The log's head.</param>
/// <param name="Changes">The changes after the start; empty when only the head was asked for.</param>
/// <param name="IsFull">Whether there may be more than <paramref name="Changes"/>.</param>
internal sealed record LogLook(LookStart Start, LogPlace Head, IReadOnlyList<Change> Changes, bool IsFull);

/// <summary>What a look at the log brought.</summary>
/// <param name="Ready">To be forwarded now.</param>
/// <param name="Pruned">Changes that retention took before they could be forwarded: lost for this node's sessions.</param>
internal readonly record struct Filled(ImmutableArray<Change> Ready, long Pruned);

/// <summary>
/// Puts changes into the order of the log: each position is let through once, and none before the one that precedes it.
/// Positions are dense, so a hole is always something that did not arrive, and the log has it. A change that has the next
/// position and another past (<see cref="LogChain"/>) is of a log that was restored and written on, and is not let through.
/// </summary>
internal sealed class ChangeOrder(LogPlace head, int maxHeld)
{
    private readonly SortedDictionary<long, ImmutableArray<Change>> _held = [];
    private int _heldChanges;

    /// <summary>The history and the last change let through.</summary>
    public LogPlace Head { get; private set; } = head;

    /// <summary>The newest change heard of.</summary>
    public LogPosition Known { get; private set; } = head.Position;

    /// <summary>Whether something is known to be missing.</summary>
    public bool IsBehind => Known > Head.Position;

    /// <summary>Changes that wait for an earlier one.</summary>
    public int HeldChanges => _heldChanges;

    /// <summary>Whether all of the batch was let through before.</summary>
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

    /// <summary>Remembers that the log reaches this far.</summary>
    public void Hear(LogPosition position) => Known = position > Known ? position : Known;

    /// <summary>What to hand to <see cref="Fill"/> with the look that begins now.</summary>
    public LookStart BeginLook() => new(Head, Known);

    /// <summary>
    /// Whether the database now tells another story: a different epoch, an end before what was let through already when the
    /// look began (later changes may rightly have overtaken the look), or another past of the same place.
    /// </summary>
    public bool IsOtherHistory(LogLook look) =>
        look.Head.Epoch != Head.Epoch
        || look.Head.Position < look.Start.After
        || IsOtherPast(look.Head, look.Start.At)
        || IsOtherPast(look.Head, Head)
        || !Follows([.. look.Changes]);

    /// <summary>Goes on from a place of another history; what is held belongs to the old one.</summary>
    /// <param name="place">The place.</param>
    /// <param name="known">How far that history is known to reach.</param>
    public void Adopt(LogPlace place, LogPosition known)
    {
        DropHeld();
        Head = place;
        Known = place.Position;
        Hear(known);
    }

    /// <summary>Takes what the log has.</summary>
    public Filled Fill(LogLook look)
    {
        var before = Head.Position;
        var fresh = look.Changes.Where(c => c.Position > before).ToImmutableArray();
        var end = !fresh.IsEmpty ? new LogPosition(fresh[0].Position.Value - 1)
            : look.IsFull || look.Head.Position < before ? before
            : look.Head.Position; // The page was read after the head: what it does not show up to there is gone.
        if (end > before) Head = Head with { Position = end, Chain = fresh.IsEmpty ? look.Head.Chain : fresh[0].ChainBefore };
        Hear(look.Head.Position);
        var ready = Advance(fresh);
        if (!look.IsFull && look.Start.Known > look.Head.Position) Disbelieve();
        return new Filled(ready, end.Value - before.Value);
    }

    // Heard of before the look, and not in the log: it never was committed there. What came since is dropped with it;
    // the log has that.
    private void Disbelieve()
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

            // What does not follow is left out, and so missing: the log will show which past is right.
            if (Follows(held.AsSpan())) more.AddRange(TakeFresh(held));
        }

        return more.ToImmutable();
    }

    private bool HoldsNext() => _held.Count > 0 && _held.First().Key <= Head.Position.Next.Value;

    private static bool IsOtherPast(LogPlace one, LogPlace other) => one.Position == other.Position && one.Chain != other.Chain;

    /// <summary>Whether what is next among these has the past that was let through; true when nothing of them is next.</summary>
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
