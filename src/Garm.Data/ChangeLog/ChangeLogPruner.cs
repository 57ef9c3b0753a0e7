using Garm.Data.Engines;
using Garm.Data.Leases;
using Garm.Data.Retries;
using Garm.Log;
using Garm.Log.States;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.ChangeLog;

/// <summary>
/// Prunes in small batches, by one node at a time: a node whose lease went to another one while it was paused deletes
/// nothing (<see cref="DatabaseLease.WriteFencedAsync"/>). It bypasses the change tracker, which only the log's own code
/// may do: see <see cref="ChangeLogGuard"/>.
/// </summary>
public sealed class ChangeLogPruner(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, DatabaseLease leases, IEntityStateReader states, TimeProvider clock,
    Retention retention) : IChangeLogPruner
{
    /// <summary>The lease's name.</summary>
    public const string LeaseName = "change-log-retention";

    /// <summary>Small, so that writers do not wait for it.</summary>
    internal const int BatchSize = 500;

    internal const string DeleteSql = "DELETE FROM change_log WHERE position <= @last";

    /// <summary>The lowest position that a snapshot holds.</summary>
    internal static string LowestHoldSql(DatabaseEngine engine) =>
        $"SELECT MIN(position) FROM snapshot_holds WHERE expires_at_ms > {engine.NowMillisecondsSql}";

    // The same limit as for the lease's own statements; the next run tries again.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private LeaseGrant? _grant;

    /// <inheritdoc />
    public async Task<bool> PruneAsync(CancellationToken cancellation)
    {
        // The states must contain the changes of an older node before these are deleted.
        var kept = await states.ReadHeadAsync(cancellation).ConfigureAwait(false);
        if (await FindLastAsync(cancellation).ConfigureAwait(false) is not { } found) return false;
        var last = Math.Min(found, kept.Position.Value);
        if (await HoldAsync(cancellation).ConfigureAwait(false) is not { } grant) return false;

        var deleted = await leases.WriteFencedAsync(
            grant,
            async (own, db) =>
            {
                // Within the transaction, so that a snapshot that began before it is seen.
                var held = await own.Statement(db, LowestHoldSql(own)).ReadNumberAsync(cancellation).ConfigureAwait(false);
                return await own.Statement(db, DeleteSql, ("@last", Math.Min(last, held ?? last)))
                    .ExecuteAsync(cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        if (deleted is null) _grant = null;
        return deleted > 0;
    }

    /// <summary>The last position of the next batch; null when there is nothing to delete.</summary>
    private Task<long?> FindLastAsync(CancellationToken cancellation) =>
        BoundedWork.RunAsync(engine, contexts, Longest, (db, _) => FindLastAsync(db, cancellation), cancellation);

    private async Task<long?> FindLastAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var head = await db.ChangeLogHeads.AsNoTracking().SingleAsync(cancellation).ConfigureAwait(false);
        var oldest = await db.ChangeLog.AsNoTracking().OrderBy(x => x.Position).Take(BatchSize)
            .Select(x => new { x.Position, x.CommittedAt }).ToListAsync(cancellation).ConfigureAwait(false);

        // From the front and without gaps: the times of several nodes need not rise with the positions.
        var tooOld = clock.UtcNow() - retention.For;
        var tooMany = retention.Count == 0 ? 0 : head.NextPosition - 1 - retention.Count;
        return oldest.TakeWhile(x => x.CommittedAt < tooOld || x.Position <= tooMany).LastOrDefault()?.Position;
    }

    private async Task<LeaseGrant?> HoldAsync(CancellationToken cancellation)
    {
        if (_grant is { } held && await leases.RenewAsync(held, LeaseTime, cancellation).ConfigureAwait(false)) return held;
        return _grant = await leases.TryAcquireAsync(LeaseName, _holder, LeaseTime, cancellation).ConfigureAwait(false);
    }
}
