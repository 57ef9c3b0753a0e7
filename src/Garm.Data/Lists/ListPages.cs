using System.Runtime.CompilerServices;

namespace Garm.Data.Lists;

/// <summary>Selects runners or jobs by the entities that they belong to; an empty list matches any.</summary>
public abstract record OwnedListQuery
{
    /// <summary>The maximum number of rows; null for all.</summary>
    public int? Limit { get; init; }

    public IReadOnlyList<string> Statuses { get; init; } = [];
    public IReadOnlyList<long> ScaleSetIds { get; init; } = [];
    public IReadOnlyList<Guid> RepositoryIds { get; init; } = [];
    public IReadOnlyList<Guid> OrganizationIds { get; init; } = [];
    public IReadOnlyList<Guid> EnterpriseIds { get; init; } = [];
    public IReadOnlyList<Guid> ForgeInstanceIds { get; init; } = [];

    /// <summary>The values for a comparison with a nullable column.</summary>
    internal static List<T?> Nullable<T>(IReadOnlyList<T> values)
        where T : struct => [.. values.Select(x => (T?)x)];
}

/// <summary>
/// Reads long lists page by page, each page in its own read: at most one page is in memory, and no lock or cursor is
/// held while a slow client reads. A page begins after the last row of the page before, by a key that never changes. So a row that
/// exists throughout is returned exactly once, in the state that it had when its page was read.
/// </summary>
internal static class ListPages
{
    /// <summary>The number of rows of a page.</summary>
    public const int Size = 250;

    /// <summary>All non-empty pages.</summary>
    /// <param name="limit">The maximum number of rows; null for all.</param>
    /// <param name="read">Reads up to this many rows after a row; null for the first ones.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async IAsyncEnumerable<IReadOnlyList<TView>> ReadAsync<TRow, TView>(
        int? limit, Func<TRow?, int, Task<(TRow? Last, IReadOnlyList<TView> Views)>> read,
        [EnumeratorCancellation] CancellationToken cancellation = default)
        where TRow : class
    {
        TRow? last = null;
        var left = limit ?? int.MaxValue;
        while (left > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var size = Math.Min(left, Size);
            (last, var views) = await read(last, size).ConfigureAwait(false);
            if (views.Count > 0) yield return views;
            if (views.Count < size) yield break;
            left -= views.Count;
        }
    }
}
