using System.Collections.Immutable;
using System.Text;
using Garm.Contracts.Events;
using Garm.Data.Engines;
using Garm.Data.Telemetry;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.ChangeLog;

/// <summary>
/// Writes log rows by the engine's own statement: every write appends to the log, and an insert through the change tracker
/// costs several times as much.
/// </summary>
internal sealed class ChangeLogAppender(DatabaseEngine engine)
{
    /// <summary>
    /// Appends in the context's transaction, as its last statement; see <see cref="DatabaseEngine.AppendCommits"/>.
    /// </summary>
    public async Task<ChangeBatch> AppendAsync(
        GarmDbContext db, Guid commitId, ImmutableArray<ChangeDraft> drafts, DateTime now, CancellationToken cancellation)
    {
        var asked = ChangeLogTelemetry.Timestamp();
        var taken = await engine.AppendAsync(
            db.Database.CurrentTransaction!.GetDbTransaction(), Append(db, commitId, drafts, now), cancellation).ConfigureAwait(false);
        ChangeLogTelemetry.HeadTaken(asked);
        return Batch(taken, commitId, drafts, now);
    }

    /// <summary>
    /// Appends the commits of several updates in the context's transaction, and commits it; see <see cref="DatabaseEngine.AppendUpdatesAsync"/>.
    /// </summary>
    /// <returns>In the order of the commits.</returns>
    public async Task<IReadOnlyList<ChangeBatch>> AppendUpdatesAsync(
        GarmDbContext db, IReadOnlyList<(Guid CommitId, ChangeDraft Draft)> commits, DateTime now, CancellationToken cancellation)
    {
        var asked = ChangeLogTelemetry.Timestamp();
        var taken = await engine.AppendUpdatesAsync(
            db.Database.CurrentTransaction!.GetDbTransaction(), [.. commits.Select(x => Append(db, x.CommitId, [x.Draft], now))],
            cancellation).ConfigureAwait(false);
        ChangeLogTelemetry.HeadTaken(asked);

        var batches = new ChangeBatch[commits.Count];
        for (var i = commits.Count - 1; i >= 0; i--)
        {
            var (commitId, draft) = commits[i];
            batches[i] = Batch(taken, commitId, [draft], now);
            taken = taken with { Next = taken.Next - 1, Chain = new LogChain(taken.Chain).Before(commitId).Value };
        }

        return batches;
    }

    private static LogAppend Append(GarmDbContext db, Guid commitId, ImmutableArray<ChangeDraft> drafts, DateTime now) => new(
        commitId,
        now,
        [
            .. drafts.Select(x => new LogRow(
                x.EntityType.WireName(), x.Operation.WireName(), x.EntityId, Encoding.UTF8.GetString(x.Payload),
                x.LastState.Length == 0 ? null : Encoding.UTF8.GetString(x.LastState))
            {
                Before = x.Before is null ? null : Encoding.UTF8.GetString(x.Before),
                State = x.State is null ? null : Encoding.UTF8.GetString(x.State),
                Source = x.Source,
            }),
        ])
    {
        CommandTimeout = db.Database.GetCommandTimeout(),
    };

    private static ChangeBatch Batch(TakenPositions taken, Guid commitId, ImmutableArray<ChangeDraft> drafts, DateTime now)
    {
        var first = taken.Next - drafts.Length;
        var chain = new LogChain(taken.Chain);
        var before = chain.Before(commitId);
        return new ChangeBatch(new LogEpoch(taken.Epoch), commitId,
        [
            .. drafts.Select((x, i) => new Change(
                new LogPosition(first + i), x.EntityType, x.Operation, x.EntityId, x.Payload, now)
            {
                LastState = x.LastState,
                Before = x.Before,
                Source = x.Source,
                Chain = chain,
                ChainBefore = i == 0 ? before : chain,
            }),
        ]);
    }
}
