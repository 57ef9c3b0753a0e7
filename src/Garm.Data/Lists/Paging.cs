using Garm.Contracts.Entities;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Lists;

/// <summary>The requested page of a list, as GARM reads it.</summary>
/// <param name="Page">The page's number from 1; 0 is the first page too.</param>
/// <param name="Size">The number of rows on a page; 0 for 20.</param>
public readonly record struct Paging(long Page, long Size)
{
    private const long SizeForZero = 20;

    /// <summary>Reads the page of an ordered query.</summary>
    internal async Task<PageView<TView>> TakeAsync<T, TView>(
        IQueryable<T> ordered, Func<T, TView> view, CancellationToken cancellation)
    {
        var page = Math.Max(Page, 1);
        var size = Size <= 0 ? SizeForZero : Size;
        var total = await ordered.LongCountAsync(cancellation).ConfigureAwait(false);
        var pages = (total / size) + (total % size == 0 ? 0 : 1);

        // A page beyond the last one is not queried, whatever its number.
        var found = page > pages
            ? []
            : await ordered.Skip((int)((page - 1) * size)).Take((int)Math.Min(size, int.MaxValue)).ToListAsync(cancellation)
                .ConfigureAwait(false);
        return new PageView<TView>
        {
            TotalCount = total,
            Pages = pages,
            CurrentPage = page,
            NextPage = page < pages ? page + 1 : null,
            PreviousPage = page > 1 ? page - 1 : null,
            Results = found.ConvertAll(x => view(x)),
        };
    }
}
