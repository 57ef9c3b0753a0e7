using System.Data.Common;
using System.Text;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Garm.Data.States;

/// <summary>
/// Ensures that <c>entity_states</c> has every change of the log. Each write updates the table
/// (<c>change_log_head.state_position</c> rises with the log). This class fills the table of a database that an older build created,
/// once, and adds the writes of nodes of an older version, which it reads from the log.
/// </summary>
public sealed class EntityStateKeeper(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, ILogger<EntityStateKeeper>? log = null)
{
    internal const string AdvanceSql = "UPDATE change_log_head SET state_position = @to WHERE id = 1 AND state_position = @from";

    internal const string BeginSql = "UPDATE change_log_head SET state_position = @to WHERE id = 1 AND state_position IS NULL";

    internal const string ForgetSql = "DELETE FROM entity_states WHERE source = '' AND position < @to";

    // The limit of each page; the whole may take longer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private const int PageSize = 500;
    private const int FillPageSize = 200;

    private static readonly Action<ILogger, string, int, int, Exception?> TellFilling = LoggerMessage.Define<string, int, int>(
        LogLevel.Information, new EventId(1, "FillingStates"),
        "Filling the table of current states, which snapshots are read from: {EntityType}, {Done} of {Count}");

    private static readonly Action<ILogger, int, Exception?> TellFilled = LoggerMessage.Define<int>(
        LogLevel.Information, new EventId(2, "FilledStates"), "The table of current states is filled: {Count} entities");

    /// <summary>Fills the table, or adds missing changes up to the log's end; usually there is nothing to do.</summary>
    /// <returns>The log's end, which the table has reached.</returns>
    public async Task<LogPlace> CatchUpAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var head = await ReadHeadAsync(cancellation).ConfigureAwait(false);
            if (head.StatePosition == head.NextPosition - 1) return head.ToHead();
            if (head.StatePosition is not { } reached) await FillAsync(head.NextPosition - 1, cancellation).ConfigureAwait(false);
            else await ReplayAsync(reached, cancellation).ConfigureAwait(false);
        }
    }

    private Task<ChangeLogHead> ReadHeadAsync(CancellationToken cancellation) =>
        OnContextAsync(db => db.ChangeLogHeads.AsNoTracking().SingleAsync(cancellation), cancellation);

    private async Task ReplayAsync(long reached, CancellationToken cancellation)
    {
        var rows = await ReadLogAsync(reached, cancellation).ConfigureAwait(false);
        if (rows.Count == 0 || rows[0].Position != reached + 1)
        {
            // An older node's retention deleted the missing changes, so the entities themselves are read.
            var head = await ReadHeadAsync(cancellation).ConfigureAwait(false);
            if (head.StatePosition == reached) await FillAsync(head.NextPosition - 1, cancellation, reached).ConfigureAwait(false);
            return;
        }

        var to = rows[^1].Position;
        var changes = StateChange.LastOfEach(rows.Select(ChangeOf));
        await WriteAsync(
            async transaction =>
            {
                // First, because it takes the head's lock: no write can come in between, and another node that replays finds nothing to do.
                var advanced = await engine.Statement(transaction, AdvanceSql, ("@to", to), ("@from", reached))
                    .ExecuteAsync(cancellation).ConfigureAwait(false) == 1;
                if (advanced) await engine.ApplyStatesAsync(transaction, changes, cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
    }

    private Task<List<ChangeLogEntry>> ReadLogAsync(long after, CancellationToken cancellation) => OnContextAsync(
        db => db.ChangeLog.AsNoTracking().Where(x => x.Position > after).OrderBy(x => x.Position).Take(PageSize).ToListAsync(cancellation),
        cancellation);

    /// <summary>
    /// Reads every entity in its current state, which is that at <paramref name="end"/> or later: the log has the later changes, which are
    /// replayed. Several nodes may fill the table at once.
    /// </summary>
    private async Task FillAsync(long end, CancellationToken cancellation, long? from = null)
    {
        var count = 0;
        foreach (var watched in WatchedEntities.All)
        {
            var keys = await OnContextAsync(db => watched.KeysAsync(db, cancellation), cancellation).ConfigureAwait(false);
            for (var done = 0; done < keys.Count; done += FillPageSize)
            {
                var page = keys.Skip(done).Take(FillPageSize).ToList();
                var changes = await OnContextAsync(db => ReadEntitiesAsync(db, watched, page, end, cancellation), cancellation)
                    .ConfigureAwait(false);
                await WriteAsync(transaction => engine.ApplyStatesAsync(transaction, changes, cancellation), cancellation).ConfigureAwait(false);
                if (log is not null) TellFilling(log, watched.EntityType.ToString(), done + page.Count, keys.Count, null);
            }

            count += keys.Count;
        }

        await WriteAsync(
            async transaction =>
            {
                var advance = from is { } before
                    ? engine.Statement(transaction, AdvanceSql, ("@to", end), ("@from", before))
                    : engine.Statement(transaction, BeginSql, ("@to", end));
                if (await advance.ExecuteAsync(cancellation).ConfigureAwait(false) == 1)
                    await engine.Statement(transaction, ForgetSql, ("@to", end)).ExecuteAsync(cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        if (log is not null) TellFilled(log, count, null);
    }

    private static async Task<IReadOnlyList<StateChange>> ReadEntitiesAsync(
        GarmDbContext db, WatchedEntity watched, IReadOnlyList<object> keys, long position, CancellationToken cancellation)
    {
        var changes = new List<StateChange>(keys.Count);
        foreach (var entity in await watched.FindAsync(db, keys, cancellation).ConfigureAwait(false))
        {
            await watched.LoadAsync(db.Entry(entity), cancellation).ConfigureAwait(false);
            var view = watched.View(entity);
            var payload = Encoding.UTF8.GetString(StatePayload.Of(view) ?? GarmJson.ToUtf8(view));
            changes.Add(new StateChange(watched.EntityType.WireName(), "", watched.IdOf(entity), position, 0, payload));
        }

        return changes;
    }

    private static StateChange ChangeOf(ChangeLogEntry row) => new(
        row.EntityType, row.Source, row.EntityId, row.Position, row.Operation == ChangeOperation.Create.WireName() ? row.Position : 0,
        row.Operation == ChangeOperation.Delete.WireName() ? null : StatePayload.Of(row.EntityType, row.Payload));

    private Task<T> OnContextAsync<T>(Func<GarmDbContext, Task<T>> work, CancellationToken cancellation) =>
        BoundedWork.RunAsync(engine, contexts, Longest, (db, _) => work(db), cancellation);

    private Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancellation) => BoundedWork.WriteAsync(
        engine,
        contexts,
        Longest,
        async db =>
        {
            await work(db.Database.CurrentTransaction!.GetDbTransaction()).ConfigureAwait(false);
            return true;
        },
        cancellation);
}
