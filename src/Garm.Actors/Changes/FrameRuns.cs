using System.Collections.Immutable;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>The frames of several changes, in order and one after another in memory.</summary>
/// <param name="Bytes">Whole RFC 6455 text frames, at least one.</param>
/// <param name="Count">How many.</param>
/// <param name="Last">The place of the last one's change.</param>
public readonly record struct FrameRun(ReadOnlyMemory<byte> Bytes, int Count, LogPlace Last);

/// <summary>
/// What everybody gets who wants the same kinds of a batch, put together once for all of them: a session that takes it frame
/// by frame spends more on that than the kernel does on sending it. Any thread may ask.
/// </summary>
/// <param name="changes">The batch.</param>
internal sealed class FrameRuns(ImmutableArray<RelayedChange> changes)
{
    /// <summary>A longer run is cut; a frame that is longer by itself stays whole. Goes well into one write.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Choices that are kept. Whoever chooses otherwise takes frame by frame: nothing is made for one session.</summary>
    public const int MostChoices = 16;

    private readonly Lock _making = new();
    private Choice[] _made = [];

    /// <summary>The frames of the changes of these kinds; false when too many others chose otherwise.</summary>
    /// <param name="kinds">Which changes.</param>
    /// <param name="withCursor">Whether the frames tell cursors.</param>
    /// <param name="runs">In order; none when no change is of these kinds.</param>
    public bool TryGet(EventKinds kinds, bool withCursor, out ImmutableArray<FrameRun> runs)
    {
        if (TryFind(Volatile.Read(ref _made), kinds, withCursor, out runs)) return true;
        lock (_making)
        {
            if (TryFind(_made, kinds, withCursor, out runs)) return true;
            if (_made.Length == MostChoices) return false;
            runs = Make(kinds, withCursor);
            Volatile.Write(ref _made, [.. _made, new Choice(kinds, withCursor, runs)]);
            return true;
        }
    }

    private static bool TryFind(Choice[] made, EventKinds kinds, bool withCursor, out ImmutableArray<FrameRun> runs)
    {
        foreach (var choice in made)
        {
            if (choice.Kinds != kinds || choice.WithCursor != withCursor) continue;
            runs = choice.Runs;
            return true;
        }

        runs = [];
        return false;
    }

    private ImmutableArray<FrameRun> Make(EventKinds kinds, bool withCursor)
    {
        var runs = ImmutableArray.CreateBuilder<FrameRun>();
        List<ReadOnlyMemory<byte>> frames = [];
        var (bytes, last) = (0, default(LogPlace));
        foreach (var change in changes)
        {
            if (!kinds.Contains(change.Change.Kind)) continue;
            var frame = withCursor ? change.CursorFrame : change.PlainFrame;
            if (frames.Count > 0 && bytes + frame.Length > MostBytes) Cut();
            frames.Add(frame);
            bytes += frame.Length;
            last = change.Place;
        }

        if (frames.Count > 0) Cut();
        return runs.ToImmutable();

        void Cut()
        {
            runs.Add(new FrameRun(Join(frames, bytes), frames.Count, last));
            frames.Clear();
            bytes = 0;
        }
    }

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> frames, int bytes)
    {
        if (frames.Count == 1) return frames[0]; // The memory that others have too.
        var joined = new byte[bytes];
        var at = 0;
        foreach (var frame in frames)
        {
            frame.CopyTo(joined.AsMemory(at));
            at += frame.Length;
        }

        return joined;
    }

    private readonly record struct Choice(EventKinds Kinds, bool WithCursor, ImmutableArray<FrameRun> Runs);
}
