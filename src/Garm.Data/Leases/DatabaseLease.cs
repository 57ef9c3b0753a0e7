using System.Data.Common;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Leases;

/// <summary>
/// Leases in the database that the nodes share. Times are the database's own, so that clocks of nodes that differ do not
/// matter. A holder that was paused past its time learns of it from <see cref="RenewAsync"/>, and what it does meanwhile
/// is stopped by <see cref="WriteFencedAsync"/>.
/// </summary>
public sealed class DatabaseLease(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine)
{
    /// <summary>The timeout of a statement: shorter than every lease.</summary>
    internal TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);

    private readonly LeaseStatements _sql = new(engine.NowMillisecondsSql);

    /// <summary>
    /// Acquires the lease when it is free; null when it is held. The holder's own lease counts as held: it is
    /// renewed, not acquired twice.
    /// </summary>
    /// <param name="name">What the lease is for, at most 64 characters.</param>
    /// <param name="holder">Names this process, or better this attempt, uniquely; at most 256 characters.</param>
    /// <param name="timeToLive">How long it lasts without a renewal.</param>
    /// <param name="cancellation">Gives up; whether the lease was acquired is then unknown, and it ends by itself.</param>
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

    /// <summary>Lets the lease last this long from now on; false when it has ended, and then it must be acquired anew.</summary>
    public Task<bool> RenewAsync(LeaseGrant grant, TimeSpan timeToLive, CancellationToken cancellation) =>
        WriteAsync(
            async db => await engine
                .Statement(db, _sql.Renew, [.. Mine(grant), ("@ttl", (long)timeToLive.TotalMilliseconds)])
                .ExecuteAsync(cancellation).ConfigureAwait(false) == 1,
            lost: false,
            cancellation);

    /// <summary>Gives the lease back, so that the next one need not wait for its end. Nothing happens when it is another's.</summary>
    public Task ReleaseAsync(LeaseGrant grant, CancellationToken cancellation) =>
        WriteAsync(
            db => engine
                .Statement(db, _sql.Release, Mine(grant))
                .ExecuteAsync(cancellation),
            lost: 0,
            cancellation);

    /// <summary>
    /// Runs statements in a transaction that first locks the lease's row and finds it still the holder's: nobody else can
    /// acquire it before the transaction ends. Null, and nothing is run, when the lease has ended.
    /// </summary>
    /// <param name="grant">The acquisition in whose name this is done.</param>
    /// <param name="work">The statements; they must be short, since the lease cannot be taken over meanwhile.</param>
    /// <param name="cancellation">Gives up; nothing is stored then.</param>
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
    /// Within a transaction: locks the lease's row, so that nobody else can acquire it before the transaction ends; false when it has
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
