using System.Collections.Immutable;
using Garm.Data.ChangeLog;

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

    /// <summary>It is of another history: only the database can say which one is right.</summary>
    Foreign,
}

/// <summary>What was known when a look at the log began.</summary>
/// <param name="After">The last change forwarded.</param>
/// <param name="Known">The newest change heard of.</param>
internal readonly record struct LookStart(LogPosition After, LogPosition Known);

/// <summary>A look at the log: its head, and what followed <see cref="LookStart.After"/>, read after the head.</summary>
/// <param name="Start">What was known when it began.</param>
/// <param name="Head">The log's head.</param>
/// <param name="Changes">The changes after the start; empty when only the head was asked for.</param>
/// <param name="IsFull">Whether there may be more than <paramref name="Changes"/>.</param>
internal sealed record LogLook(LookStart Start, LogHead Head, IReadOnlyList<Change> Changes, bool IsFull);

/// <summary>What a look at the log brought.</summary>
/// <param name="Ready">To be forwarded now.</param>
/// <param name="Pruned">Changes that retention took before they could be forwarded: lost for this node's sessions.</param>
internal readonly record struct Filled(ImmutableArray<Change> Ready, long Pruned);

/// <summary>
/// Puts changes into the order of the log: each position is let through once, and none before the one that precedes it.
/// Positions are dense, so a hole is always something that did not arrive, and the log has it.
/// </summary>
internal sealed class ChangeOrder(LogHead head, int maxHeld)
{
    private readonly SortedDictionary<long, ImmutableArray<Change>> _held = [];
    private int _heldChanges;

    /// <summary>The history and the last change let through.</summary>
    public LogHead Head { get; private set; } = head;

    /// <summary>The newest change heard of.</summary>
    public LogPosition Known { get; private set; } = head.Last;

    /// <summary>Whether something is known to be missing.</summary>
    public bool IsBehind => Known > Head.Last;

    /// <summary>Changes that wait for an earlier one.</summary>
    public int HeldChanges => _heldChanges;

    public BatchVerdict Offer(ChangeBatch batch, out ImmutableArray<Change> ready)
    {
        ready = [];
        if (batch.Epoch != Head.Epoch) return BatchVerdict.Foreign;
        if (batch.Changes.IsDefaultOrEmpty || batch.Last <= Head.Last) return BatchVerdict.Duplicate;

        Hear(batch.Last);
        if (batch.First > Head.Last.Next)
        {
            Hold(batch.Changes);
            return BatchVerdict.Ahead;
        }

        ready = Advance(batch.Changes);
        return BatchVerdict.InOrder;
    }

    /// <summary>Remembers that the log reaches this far.</summary>
    public void Hear(LogPosition position) => Known = position > Known ? position : Known;

    /// <summary>What to hand to <see cref="Fill"/> with the look that begins now.</summary>
    public LookStart BeginLook() => new(Head.Last, Known);

    /// <summary>
    /// Whether the database now tells another story: a different epoch, or an end before what was let through already
    /// when the look began (later changes may rightly have overtaken the look).
    /// </summary>
    public bool IsOtherHistory(LogLook look) => look.Head.Epoch != Head.Epoch || look.Head.Last < look.Start.After;

    /// <summary>Goes on from another history's head; what is held belongs to the old one.</summary>
    public void Adopt(LogHead head)
    {
        DropHeld();
        Head = head;
        Known = head.Last;
    }

    /// <summary>Takes what the log has.</summary>
    public Filled Fill(LogLook look)
    {
        var before = Head.Last;
        var fresh = look.Changes.Where(c => c.Position > before).ToImmutableArray();
        var end = !fresh.IsEmpty ? new LogPosition(fresh[0].Position.Value - 1)
            : look.IsFull || look.Head.Last < before ? before
            : look.Head.Last; // The page was read after the head: what it does not show up to there is gone.
        Head = Head with { Last = end };
        Hear(look.Head.Last);
        var ready = Advance(fresh);
        if (!look.IsFull && look.Start.Known > look.Head.Last) Disbelieve();
        return new Filled(ready, end.Value - before.Value);
    }

    // Heard of before the look, and not in the log: it never was committed there. What came since is dropped with it;
    // the log has that.
    private void Disbelieve()
    {
        DropHeld();
        Known = Head.Last;
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
            more.AddRange(TakeFresh(held));
        }

        return more.ToImmutable();
    }

    private bool HoldsNext() => _held.Count > 0 && _held.First().Key <= Head.Last.Next.Value;

    private ImmutableArray<Change> TakeFresh(ImmutableArray<Change> changes)
    {
        if (changes.IsEmpty || changes[^1].Position <= Head.Last) return [];
        var known = (int)Math.Max(0, Head.Last.Value - changes[0].Position.Value + 1);
        Head = Head with { Last = changes[^1].Position };
        return known == 0 ? changes : changes.Slice(known, changes.Length - known);
    }

    private void DropHeld()
    {
        _held.Clear();
        _heldChanges = 0;
    }
}
