using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Inspection;

/// <summary>
/// Searches the log backwards. Where the entity still exists, its row of current states says where it was created, and the search ends
/// there.
/// </summary>
internal sealed class EntityHistoryReader(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine) : IEntityHistoryReader
{
    /// <summary>Most positions that a search looks at: rows of a full log are read at some hundred thousand a second.</summary>
    internal const long Most = 500_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public Task<EntityHistory> ReadAsync(
        EntityType type, string source, string id, LogPosition? before, int limit, CancellationToken cancellation) => BoundedWork.RunAsync(
            engine, contexts, Longest, (db, _) => ReadAsync(db, type.WireName(), source, id, before?.Value, limit, cancellation), cancellation);

    private static async Task<EntityHistory> ReadAsync(
        GarmDbContext db, string type, string source, string id, long? before, int limit, CancellationToken cancellation)
    {
        var key = StateKeys.Of(source, id);
        var created = await db.CurrentStates.AsNoTracking().Where(x => x.EntityType == type && x.Key == key)
            .Select(x => x.CreatedPosition).FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        var end = before ?? await db.ChangeLogHeads.AsNoTracking().Select(x => x.NextPosition).SingleAsync(cancellation).ConfigureAwait(false);
        var earliest = await db.ChangeLog.AsNoTracking().OrderBy(x => x.Position).Select(x => (long?)x.Position)
            .FirstOrDefaultAsync(cancellation).ConfigureAwait(false) ?? end;
        var begin = Math.Max(Math.Max(created, earliest), end - Most);
        var rows = await db.ChangeLog.AsNoTracking()
            .Where(x => x.Position >= begin && x.Position < end && x.EntityType == type && x.EntityId == id && x.Source == source)
            .OrderByDescending(x => x.Position).Take(limit + 1)
            .ToListAsync(cancellation).ConfigureAwait(false);
        var hasMore = rows.Count > limit;
        if (hasMore) rows.RemoveAt(limit);
        rows.Reverse();
        var changes = rows.ConvertAll(ChangeLogReader.ToChange);
        var isWhole = changes is [{ Operation: ChangeOperation.Create }, ..];
        return new EntityHistory(changes, hasMore, !hasMore && !isWhole && begin > 1);
    }
}
