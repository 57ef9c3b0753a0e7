using Garm.Log;

namespace Garm.WebConsole.Fleet;

/// <summary>Finds where in the log a time is, which has no index: positions and times rise together, so halving finds it.</summary>
internal static class PastBeginning
{
    /// <summary>
    /// The place before the first change at or after a time, but no further back than <paramref name="most"/> changes; and whether the log has
    /// every change since that time.
    /// </summary>
    public static async Task<(LogPosition After, bool IsWhole)> FindAsync(
        IChangeLogReader log, DateTimeOffset time, LogPosition end, long most, CancellationToken cancellation)
    {
        var range = await log.ReadRangeAsync(cancellation).ConfigureAwait(false);
        var first = Math.Max(range.Earliest.Value, end.Value - most);
        var (low, high) = (first, end.Value);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var found = await log.ReadAfterAsync(new LogPosition(middle), 1, cancellation).ConfigureAwait(false);
            if (found.Count == 0 || found[0].CommittedAt >= time) high = middle;
            else low = Math.Max(middle + 1, Math.Min(found[0].Position.Value, high));
        }

        return (new LogPosition(low), low > first || first == LogPosition.Origin.Value);
    }
}
