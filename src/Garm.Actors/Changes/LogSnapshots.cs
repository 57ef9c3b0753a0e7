using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>What the relay knew when a read of the log began.</summary>
/// <param name="At">The epoch and position of the last change forwarded.</param>
/// <param name="Known">The newest position that it knew of.</param>
internal readonly record struct SnapshotStart(LogPlace At, LogPosition Known)
{
    /// <summary>The position of the last change forwarded.</summary>
    public LogPosition After => At.Position;
}

/// <summary>The log's head, and a page of changes that was read after it.</summary>
/// <param name="Start">What the relay knew before the read.</param>
/// <param name="Head">The log's head.</param>
/// <param name="Changes">The changes after <see cref="SnapshotStart.After"/>; empty when only the head was read.</param>
/// <param name="IsFull">Whether there may be more than <paramref name="Changes"/>.</param>
internal sealed record LogSnapshot(SnapshotStart Start, LogPlace Head, IReadOnlyList<Change> Changes, bool IsFull);

/// <summary>Reads the log for the relay.</summary>
internal static class LogSnapshots
{
    /// <summary>Reads the head alone.</summary>
    public static async Task<LogSnapshot> ReadHeadAsync(IChangeLogReader reader, SnapshotStart start, CancellationToken cancellation) =>
        new(start, await reader.ReadHeadAsync(cancellation).ConfigureAwait(false), [], IsFull: false);

    /// <summary>
    /// Reads the head and then the changes after the start. In this order a change that the head includes and the page lacks was
    /// pruned; it is not merely late.
    /// </summary>
    public static async Task<LogSnapshot> ReadPageAsync(
        IChangeLogReader reader, SnapshotStart start, int limit, CancellationToken cancellation)
    {
        var head = await reader.ReadHeadAsync(cancellation).ConfigureAwait(false);
        var changes = await reader.ReadAfterAsync(start.After, limit, cancellation).ConfigureAwait(false);
        return new LogSnapshot(start, head, changes, IsFull: changes.Count >= limit);
    }
}
