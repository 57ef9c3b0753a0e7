using System.Collections.Immutable;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>Reads pages of the log.</summary>
internal static class LogPageReads
{
    /// <summary>Reads one page; the round is left to the caller.</summary>
    public static async Task<LogPage> ReadAsync(
        IChangeLogReader reader, LogPosition? place, int limit, CancellationToken cancellation)
    {
        var after = place ?? (await reader.ReadRangeAsync(cancellation).ConfigureAwait(false)).Earliest;
        var changes = await reader.ReadAfterAsync(after, limit, cancellation).ConfigureAwait(false);

        // Read behind the page: if the history or the earliest place changed meanwhile, it shows.
        var range = await reader.ReadRangeAsync(cancellation).ConfigureAwait(false);

        // Whoever asked for the earliest has no claim to what was pruned since.
        if (place is null && after < range.Earliest && changes.Count > 0) after = new LogPosition(changes[0].Position.Value - 1);
        return new LogPage(0, range, after, [.. Dense(changes, after).Select(x => new RelayedChange(x, range.Epoch))]);
    }

    // Retention deletes while the page is read, and an engine may show the rows before and after: what follows a hole is
    // not shown, and the next page tells that it is gone.
    private static IEnumerable<Change> Dense(IReadOnlyList<Change> changes, LogPosition after) =>
        changes.TakeWhile((change, i) => change.Position.Value == after.Value + 1 + i);
}
