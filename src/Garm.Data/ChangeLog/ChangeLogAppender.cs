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
        var rows = drafts
            .Select(x => new LogRow(
                x.EntityType.WireName(), x.Operation.WireName(), x.EntityId, Encoding.UTF8.GetString(x.Payload),
                x.LastState.Length == 0 ? null : Encoding.UTF8.GetString(x.LastState))
            {
                Before = x.Before is null ? null : Encoding.UTF8.GetString(x.Before),
                State = x.State is null ? null : Encoding.UTF8.GetString(x.State),
                Source = x.Source,
            })
            .ToList();
        var asked = ChangeLogTelemetry.Timestamp();
        var append = new LogAppend(commitId, now, rows) { CommandTimeout = db.Database.GetCommandTimeout() };
        var taken = await engine
            .AppendAsync(db.Database.CurrentTransaction!.GetDbTransaction(), append, cancellation).ConfigureAwait(false);
        ChangeLogTelemetry.HeadTaken(asked);
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
