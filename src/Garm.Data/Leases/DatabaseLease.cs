using System.Data.Common;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Leases;

/// <summary>
/// Leases in the shared database. Times are the database's own, so differences between the nodes' clocks do not
/// matter. A holder that was paused past its time learns of it from <see cref="RenewAsync"/>, and
/// <see cref="WriteFencedAsync"/> refuses its writes.
/// </summary>
public sealed class DatabaseLease(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine)
{
    /// <summary>The timeout of a statement: shorter than every lease.</summary>
    internal TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);

    private readonly LeaseStatements _sql = new(engine.NowMillisecondsSql);

    /// <summary>
    /// Acquires the lease when it is free; null when it is held. The holder's own lease counts as held: the holder
    /// renews it instead of acquiring it twice.
    /// </summary>
    /// <param name="name">The purpose of the lease, at most 64 characters.</param>
    /// <param name="holder">A unique name of this process, or better of this attempt; at most 256 characters.</param>
    /// <param name="timeToLive">How long it lasts without a renewal.</param>
    /// <param name="cancellation">Cancels the call; whether the lease was acquired is then unknown, and it expires by itself.</param>
    public Task<LeaseGrant?> TryAcquireAsync(
        string name, string holder, TimeSpan timeToLive, CancellationToken cancellation) =>
        WriteAsync(async db =>
        {
            var taken = await TakeAsync(_sql.TakeOver).ConfigureAwait(false)
                || await TakeAsync(_sql.TakeFirst).ConfigureAwait(false);
            return taken ? await ReadGrantAsync(db, name, holder, cancellation).ConfigureAwait(false) : null;

            async Task<bool> TakeAsync(string sql) => await engine
                .Statement(db, sql, ("@name", name), ("@holder", holder), ("@ttl", (long)timeToLive.TotalMilliseconds))
                .ExecuteAsync(cancellation).ConfigureAwait(false) == 1;
        }, lost: null, cancellation);

    /// <summary>Extends the lease to this duration from now; false when it has expired, and then it must be acquired again.</summary>
    public Task<bool> RenewAsync(LeaseGrant grant, TimeSpan timeToLive, CancellationToken cancellation) =>
        WriteAsync(
            async db => await engine
                .Statement(db, _sql.Renew, [.. Mine(grant), ("@ttl", (long)timeToLive.TotalMilliseconds)])
                .ExecuteAsync(cancellation).ConfigureAwait(false) == 1,
            lost: false,
            cancellation);

    /// <summary>Releases the lease, so that the next holder need not wait for its end. Does nothing when another holds it.</summary>
    public Task ReleaseAsync(LeaseGrant grant, CancellationToken cancellation) =>
        WriteAsync(
            db => engine
                .Statement(db, _sql.Release, Mine(grant))
                .ExecuteAsync(cancellation),
            lost: 0,
            cancellation);

    /// <summary>
    /// Runs statements in a transaction that first locks the lease's row and checks that the holder still has it: no other node can
    /// acquire it before the transaction ends. When the lease has expired, nothing is run and the result is null.
    /// </summary>
    /// <param name="grant">The acquisition.</param>
    /// <param name="work">The statements; they must be short, because the lease cannot be taken over meanwhile.</param>
    /// <param name="cancellation">Cancels the call; then nothing is stored.</param>
    internal Task<T?> WriteFencedAsync<T>(
        LeaseGrant grant, Func<DatabaseEngine, GarmDbContext, Task<T>> work, CancellationToken cancellation)
        where T : struct =>
        WriteAsync<T?>(
            async db =>
            {
                var held = await LockAsync(db, grant, cancellation).ConfigureAwait(false);
                return held ? await work(engine, db).ConfigureAwait(false) : null;
            },
            lost: null,
            cancellation);

    /// <summary>
    /// Within a transaction: locks the lease's row, so that no other node can acquire it before the transaction ends; false when it has
    /// ended.
    /// </summary>
    internal async Task<bool> LockAsync(GarmDbContext db, LeaseGrant grant, CancellationToken cancellation) =>
        await engine.Statement(db, _sql.Lock, Mine(grant)).ExecuteAsync(cancellation).ConfigureAwait(false) == 1;

    private static (string Name, object Value)[] Mine(LeaseGrant grant) =>
        [("@name", grant.Name), ("@holder", grant.Holder), ("@token", grant.FencingToken)];

    private async Task<LeaseGrant?> ReadGrantAsync(
        GarmDbContext db, string name, string holder, CancellationToken cancellation)
    {
        var token = await engine
            .Statement(db, _sql.ReadToken, ("@name", name))
            .ReadNumberAsync(cancellation).ConfigureAwait(false);
        return new LeaseGrant(name, holder, token ?? 0);
    }

    private async Task<T> WriteAsync<T>(
        Func<GarmDbContext, Task<T>> work, T lost, CancellationToken cancellation)
    {
        try
        {
            return await BoundedWork.WriteAsync(engine, contexts, Longest, work, cancellation).ConfigureAwait(false);
        }
        catch (DbException e) when (engine.IsUniqueViolation(e))
        {
            return lost; // Another node inserted the lease's row at the same moment.
        }
    }
}
