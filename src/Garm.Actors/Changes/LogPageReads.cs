using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>Reads pages of the log.</summary>
internal static class LogPageReads
{
    /// <summary>Reads one page; the caller sets the round.</summary>
    public static async Task<LogPage> ReadAsync(
        IChangeLogReader reader, LogPosition? place, int limit, CancellationToken cancellation)
    {
        var after = place ?? (await reader.ReadRangeAsync(cancellation).ConfigureAwait(false)).Earliest;
        var changes = await reader.ReadAfterAsync(after, limit, cancellation).ConfigureAwait(false);

        // Read after the page, so that an epoch switch or pruning in between is seen.
        var range = await reader.ReadRangeAsync(cancellation).ConfigureAwait(false);

        // A reader that asked for the earliest place does not need what was pruned since.
        if (place is null && after < range.Earliest && changes.Count > 0) after = new LogPosition(changes[0].Position.Value - 1);
        return new LogPage(0, range, after, [.. Dense(changes, after).Select(x => new RelayedChange(x, range.Epoch))]);
    }

    // Retention may delete rows while the page is read, and an engine may return the rows around them. The page ends at the
    // gap; the next page then reports what was pruned.
    private static IEnumerable<Change> Dense(IReadOnlyList<Change> changes, LogPosition after) =>
        changes.TakeWhile((change, i) => change.Position.Value == after.Value + 1 + i);
}
