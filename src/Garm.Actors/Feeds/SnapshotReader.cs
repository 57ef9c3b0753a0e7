using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Garm.Actors.Changes;
using Garm.Contracts.Events;
using Garm.Log;
using Garm.Log.States;

namespace Garm.Actors.Feeds;

/// <summary>A page of a snapshot.</summary>
/// <param name="Rows">The entities that match.</param>
/// <param name="Place">The snapshot's place, the same on all its pages; later changes are in the log.</param>
/// <param name="After">Identifies the next page; null when this is the last.</param>
public sealed record SnapshotPage(ImmutableArray<EntityStateRow> Rows, LogPlace Place, string? After);

/// <summary>Reads a snapshot in pages, without a session: each page says where the next one begins.</summary>
public static class SnapshotReader
{
    private const int PageRows = 500;
    private const int PageBytes = 1024 * 1024;

    // A filter that few entities match must not read the whole table for one page.
    private const int MaxReads = 20;

    /// <summary>Reads a page.</summary>
    /// <param name="states">The current states.</param>
    /// <param name="log">The log, which must still hold the changes after the snapshot's place.</param>
    /// <param name="filter">Which entities; the same for all pages.</param>
    /// <param name="after"><see cref="SnapshotPage.After"/> of the page before; null for the first page.</param>
    /// <param name="limit">Most rows, at least 1.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <returns>The page; null when the log no longer holds the changes after the place, so a new snapshot has to begin.</returns>
    /// <exception cref="FormatException"><paramref name="after"/> is not from a page.</exception>
    public static async Task<SnapshotPage?> ReadAsync(
        IEntityStateReader states, IChangeLogReader log, EventFilter filter, string? after, int limit, CancellationToken cancellation)
    {
        var ranges = filter.Ranges().ToList();
        var (place, range, key) = after is null
            ? (await states.ReadHeadAsync(cancellation).ConfigureAwait(false), 0, "")
            : Decode(after, ranges.Count);
        var rows = ImmutableArray.CreateBuilder<EntityStateRow>();
        for (var reads = 0; range < ranges.Count && reads < MaxReads && rows.Count < limit; reads++)
        {
            var page = await states.ReadPageAsync(ranges[range], key, PageRows, PageBytes, cancellation).ConfigureAwait(false);
            if (page.Epoch != place.Epoch) return null;
            var isWhole = true;
            foreach (var row in page.Rows)
            {
                if (rows.Count == limit)
                {
                    isWhole = false;
                    break;
                }

                key = row.Key;
                if (filter.HasRow(row, place)) rows.Add(row);
            }

            if (isWhole && page.IsLast) (range, key) = (range + 1, "");
        }

        // Checked after the rows were read: the snapshot is incomplete when changes after its place were pruned.
        var extent = await log.ReadRangeAsync(cancellation).ConfigureAwait(false);
        if (extent.Epoch != place.Epoch || extent.Earliest > place.Position || place.Position > extent.Last) return null;
        return new SnapshotPage(rows.ToImmutable(), place, range < ranges.Count ? Encode(place, range, key) : null);
    }

    private static string Encode(LogPlace place, int range, string key) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes($"{EventCursor.Encode(place)} {range.ToString(CultureInfo.InvariantCulture)} {key}"));

    private static (LogPlace Place, int Range, string Key) Decode(string text, int ranges)
    {
        var bytes = new byte[text.Length];
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length)) throw new FormatException("it is not base64url");
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(' ', 3);
        return parts.Length == 3 && EventCursor.TryDecode(parts[0], out var place)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var range) && range < ranges
            ? (place, range, parts[2])
            : throw new FormatException("it is not from a snapshot with this filter");
    }
}
