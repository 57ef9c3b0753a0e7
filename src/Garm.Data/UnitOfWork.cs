using Garm.Data.ChangeLog;
using Garm.Data.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data;

/// <summary>
/// Runs the operations of the stores, each on a context of its own. A write whose rows someone else changed meanwhile, or
/// that the engine asks to try again, starts over from its reads, so that what it stores and what it tells of are the
/// state as of the commit. One instance serves one request.
/// </summary>
public sealed class UnitOfWork(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine)
{
    private const int Attempts = 8;

    /// <summary>Where the log stood after the last write: its own last change, or the head when it changed nothing.</summary>
    public LogHead? LastWrite { get; private set; }

    /// <summary>A read.</summary>
    public async Task<T> ReadAsync<T>(Func<GarmDbContext, Task<T>> read, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTrackingWithIdentityResolution;
        return await read(db).ConfigureAwait(false);
    }

    /// <summary>
    /// A write: <paramref name="change"/> reads and changes tracked entities, then everything is saved in one transaction,
    /// then <paramref name="result"/> is made of the saved state. May run several times; must not have other effects.
    /// </summary>
    public async Task<T> WriteAsync<TEntity, T>(
        Func<GarmDbContext, Task<TEntity>> change, Func<TEntity, T> result, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(change, result, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < Attempts && MayRetry(e))
            {
                // Started over with fresh reads. The engine's own waiting has spread the writers out already.
            }
        }
    }

    /// <summary>A write without a result.</summary>
    public Task WriteAsync(Func<GarmDbContext, Task> change, CancellationToken cancellation) =>
        WriteAsync<int, int>(
            async db =>
            {
                await change(db).ConfigureAwait(false);
                return 0;
            },
            x => x,
            cancellation);

    private async Task<T> WriteOnceAsync<TEntity, T>(
        Func<GarmDbContext, Task<TEntity>> change, Func<TEntity, T> result, CancellationToken cancellation)
    {
        var asked = ChangeLogTelemetry.Timestamp();
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        if (turn is not null) ChangeLogTelemetry.TurnTaken(asked);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);

        var entity = await change(db).ConfigureAwait(false);
        await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
        LastWrite = db.LastCommit is { } commit
            ? new LogHead(commit.Epoch, commit.Last)
            : await ReadHeadAsync(db, cancellation).ConfigureAwait(false);
        return result(entity);
    }

    private static async Task<LogHead> ReadHeadAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var head = await db.ChangeLogHeads.AsNoTracking().SingleAsync(cancellation).ConfigureAwait(false);
        return new LogHead(new LogEpoch(head.Epoch), new LogPosition(head.NextPosition - 1));
    }

    // A unique violation is retried too: the second attempt's checks see the row that won, and refuse it by name.
    private bool MayRetry(Exception exception) =>
        exception is DbUpdateConcurrencyException || engine.IsTransient(exception) || engine.IsUniqueViolation(exception);
}
