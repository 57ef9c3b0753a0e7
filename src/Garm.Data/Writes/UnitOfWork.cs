using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>
/// Runs the reads and writes of the stores, each on a new context. A write starts over from its reads when another write changed its
/// rows or the database failed: it stores and logs the state as of its commit. One instance serves one request.
/// </summary>
public sealed class UnitOfWork(
    WritePath path, DatabaseReads reads, ConflictLock conflicts, WriteRetryOptions retries, TimeProvider clock, IWriteObserver? observer = null)
{
    /// <summary>The same with another observer, or with none: for writes that the client did not request.</summary>
    public UnitOfWork ObservedBy(IWriteObserver? other) => new(path, reads, conflicts, retries, clock, other);

    /// <summary>Runs a read; repeats it when the database does not answer.</summary>
    public Task<T> ReadAsync<T>(Func<GarmDbContext, Task<T>> read, CancellationToken cancellation) => reads.RunAsync(
        path.Contexts,
        db =>
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTrackingWithIdentityResolution;
            return read(db);
        },
        cancellation);

    /// <summary>
    /// Runs a write: <paramref name="change"/> reads and changes tracked entities, then everything is saved in one transaction, then
    /// <paramref name="result"/> makes the result from the saved entities. Both may run several times and must have no other effects.
    /// </summary>
    /// <remarks>
    /// All attempts carry one commit id. When a commit got no answer, the log is searched for that id before a new attempt. If that commit
    /// is still in progress, it cannot succeed in addition to a later attempt, because a commit id is unique in the log.
    /// </remarks>
    /// <exception cref="GarmException">409: other writes changed the same rows first, more often than <see cref="WriteRetryOptions.Conflicts"/>.</exception>
    public Task<T> WriteAsync<TEntity, T>(
        Func<GarmDbContext, Task<TEntity>> change, Func<TEntity, T> result, CancellationToken cancellation) =>
        WriteAsync((db, _) => change(db), result, cancellation);

    /// <summary>A write with rules that must hold at its commit; each attempt adds its own.</summary>
    /// <inheritdoc cref="WriteAsync{TEntity, T}(Func{GarmDbContext, Task{TEntity}}, Func{TEntity, T}, CancellationToken)"/>
    internal async Task<T> WriteAsync<TEntity, T>(
        Func<GarmDbContext, CommitRules, Task<TEntity>> change, Func<TEntity, T> result, CancellationToken cancellation)
    {
        var attempts = new WriteAttempts<TEntity>(path, change);
        var pauses = Pauses();
        var lost = false;
        while (true)
        {
            using var time = new AttemptTime(pauses.Begin(), clock, cancellation);
            try
            {
                if (await attempts.RecoverAsync(time, cancellation).ConfigureAwait(false) is { } committed)
                    return Done(committed, result);
                using var turn = lost ? await conflicts.EnterAsync(time.Token).ConfigureAwait(false) : null;
                return Done(await attempts.TryAsync(time, cancellation).ConfigureAwait(false), result);
            }
            catch (Exception e) when (ReasonOf(e, time) is not null)
            {
                var reason = ReasonOf(e, time)!.Value;
                lost = reason == RetryReason.Conflict;
                if (pauses.Next(reason) is { } pause)
                {
                    await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
                    continue;
                }

                if (time.IsEndOf(e, path.Engine)) throw retries.NoAnswer(e);
                if (reason == RetryReason.Fault) throw;
                if (await attempts.RecoverAsync(time, cancellation).ConfigureAwait(false) is { } committed)
                    return Done(committed, result);
                throw GarmException.Contended(e);
            }
            catch (Exception) when (attempts.IsCommitOpen && !cancellation.IsCancellationRequested)
            {
                // The write's own rows may cause the refusal: an attempt was committed but got no answer, and the next one found its rows.
                if (await attempts.RecoverAsync(time, cancellation).ConfigureAwait(false) is { } committed)
                    return Done(committed, result);
                throw;
            }
        }
    }

    /// <summary>A write without a result.</summary>
    public Task WriteAsync(Func<GarmDbContext, Task> change, CancellationToken cancellation) =>
        WriteAsync((db, _) => change(db), cancellation);

    /// <summary>A write without a result, with rules that must hold at its commit.</summary>
    internal Task WriteAsync(Func<GarmDbContext, CommitRules, Task> change, CancellationToken cancellation) =>
        WriteAsync<int, int>(
            async (db, rules) =>
            {
                await change(db, rules).ConfigureAwait(false);
                return 0;
            },
            x => x,
            cancellation);

    private T Done<TEntity, T>(WriteOutcome<TEntity> outcome, Func<TEntity, T> result)
    {
        observer?.Committed(outcome.Head);
        return result(outcome.Entity);
    }

    private RetryPauses Pauses() => new(retries, clock, Random.Shared.NextDouble);

    // A violated constraint is retried too: the checks of the second attempt see the row that won (it took the name, refers to the row
    // that is removed, or was removed itself), and refuse the write with a message that names the conflict.
    private RetryReason? ReasonOf(Exception exception, AttemptTime time) =>
        exception is DbUpdateConcurrencyException || path.Engine.IsUniqueViolation(exception) || path.Engine.IsForeignKeyViolation(exception)
            ? RetryReason.Conflict
        : path.Engine.WriteObstacleOf(exception) == WriteObstacle.OutOfSpace ? null // Some engines call it transient, but waiting does not help.
        : path.Engine.IsTransient(exception) || time.IsEndOf(exception, path.Engine) ? RetryReason.Fault
        : null;
}
