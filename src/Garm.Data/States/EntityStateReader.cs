using System.Text;
using Garm.Contracts.Events;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Garm.Log.States;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.States;

/// <summary>Reads the table <c>entity_states</c>, each time through a new context.</summary>
internal sealed class EntityStateReader(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, EntityStateKeeper keeper) : IEntityStateReader
{
    // The same limit as for a read of the log.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public Task<LogPlace> ReadHeadAsync(CancellationToken cancellation) => keeper.CatchUpAsync(cancellation);

    /// <inheritdoc />
    public Task<EntityStatePage> ReadPageAsync(
        StateRange range, string after, int limit, int bytes, CancellationToken cancellation) => BoundedWork.RunAsync(
            engine, contexts, Longest, (db, _) => ReadPageAsync(db, range, after, limit, bytes, cancellation), cancellation);

    private static async Task<EntityStatePage> ReadPageAsync(
        GarmDbContext db, StateRange range, string after, int limit, int bytes, CancellationToken cancellation)
    {
        var type = range.EntityType.WireName();
        var first = after.Length == 0 && range.Source is not null ? StateKeys.Before(range.Source) : after;
        var query = db.CurrentStates.AsNoTracking().Where(x => x.EntityType == type && string.Compare(x.Key, first) > 0);
        if (range.Source is not null)
        {
            var end = StateKeys.After(range.Source);
            query = query.Where(x => string.Compare(x.Key, end) < 0);
        }

        var rows = new List<EntityStateRow>();
        var size = 0;
        var isLast = true;
        var states = query.OrderBy(x => x.Key).Take(limit + 1).AsAsyncEnumerable();
        await foreach (var state in states.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (rows.Count == limit || (rows.Count > 0 && size + state.Payload.Length > bytes))
            {
                isLast = false;
                break;
            }

            var payload = Encoding.UTF8.GetBytes(state.Payload);
            size += payload.Length;
            rows.Add(new EntityStateRow(
                range.EntityType, state.Source, state.Key, new LogPosition(state.Position), new LogPosition(state.CreatedPosition), payload));
        }

        // After the rows: rows from before a switch to another copy of the database are useless.
        var epoch = await db.ChangeLogHeads.AsNoTracking().Select(x => x.Epoch).SingleAsync(cancellation).ConfigureAwait(false);
        return new EntityStatePage(rows, isLast, new LogEpoch(epoch));
    }
}
