using System.Collections.Immutable;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>The frames of several changes, joined in order.</summary>
/// <param name="Bytes">Whole frames, at least one.</param>
/// <param name="Count">The number of frames.</param>
/// <param name="Last">The place of the last change.</param>
internal readonly record struct JoinedFrames(ReadOnlyMemory<byte> Bytes, int Count, LogPlace Last);

/// <summary>
/// The joined frames of a batch, one set for each choice of kinds, built once and shared by all sessions with that choice.
/// Queueing each frame by itself would cost a session more than the kernel needs to send them. Thread-safe.
/// </summary>
/// <param name="changes">The batch.</param>
internal sealed class SharedFrames(ImmutableArray<RelayedChange> changes)
{
    /// <summary>Frames are joined up to this many bytes, which is one write; a longer frame is not joined.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>How many choices of kinds are kept. Sessions with other choices queue frame by frame.</summary>
    public const int MostChoices = 16;

    private readonly Lock _making = new();
    private Choice[] _made = [];

    /// <summary>The joined frames of the changes of these kinds; false when there are too many other choices already.</summary>
    /// <param name="kinds">Which changes.</param>
    /// <param name="form">The form of the frames.</param>
    /// <param name="shared">The frames in order; empty when no change is of these kinds.</param>
    public bool TryGet(EventKinds kinds, FrameForm form, out ImmutableArray<JoinedFrames> shared)
    {
        if (TryFind(Volatile.Read(ref _made), kinds, form, out shared)) return true;
        lock (_making)
        {
            if (TryFind(_made, kinds, form, out shared)) return true;
            if (_made.Length == MostChoices) return false;
            shared = Make(kinds, form);
            Volatile.Write(ref _made, [.. _made, new Choice(kinds, form, shared)]);
            return true;
        }
    }

    private static bool TryFind(Choice[] made, EventKinds kinds, FrameForm form, out ImmutableArray<JoinedFrames> shared)
    {
        foreach (var choice in made)
        {
            if (choice.Kinds != kinds || choice.Form != form) continue;
            shared = choice.Shared;
            return true;
        }

        shared = [];
        return false;
    }

    private ImmutableArray<JoinedFrames> Make(EventKinds kinds, FrameForm form)
    {
        var shared = ImmutableArray.CreateBuilder<JoinedFrames>();
        List<ReadOnlyMemory<byte>> frames = [];
        var (bytes, last) = (0, default(LogPlace));
        foreach (var change in changes)
        {
            if (!kinds.Contains(change.Change.Kind)) continue;
            var frame = change.FrameOf(form, FilterMove.None);
            if (frames.Count > 0 && bytes + frame.Length > MostBytes) Cut();
            frames.Add(frame);
            bytes += frame.Length;
            last = change.Place;
        }

        if (frames.Count > 0) Cut();
        return shared.ToImmutable();

        void Cut()
        {
            shared.Add(new JoinedFrames(Join(frames, bytes), frames.Count, last));
            frames.Clear();
            bytes = 0;
        }
    }

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> frames, int bytes)
    {
        if (frames.Count == 1) return frames[0]; // Shared with the sessions that queue single frames.
        var joined = new byte[bytes];
        var at = 0;
        foreach (var frame in frames)
        {
            frame.CopyTo(joined.AsMemory(at));
            at += frame.Length;
        }

        return joined;
    }

    private readonly record struct Choice(EventKinds Kinds, FrameForm Form, ImmutableArray<JoinedFrames> Shared);
}
