using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>
/// Runs the operations of the stores, each on a context of its own. A write whose rows someone else changed meanwhile, or
/// that the database lost, starts over from its reads, so that what it stores and what it tells of are the state as of the
/// commit. One instance serves one request.
/// </summary>
public sealed class UnitOfWork(
    IDbContextFactory<GarmDbContext> contexts, ChangeRecorder recorder, DatabaseReads reads, WriteRetryOptions retries, TimeProvider clock)
{
    private readonly DatabaseEngine _engine = recorder.Engine;

    /// <summary>Where the log stood after the last write: its own last change, or the head when it changed nothing.</summary>
    public LogPlace? LastWrite { get; private set; }

    /// <summary>A read; asked again when the database does not answer.</summary>
    public Task<T> ReadAsync<T>(Func<GarmDbContext, Task<T>> read, CancellationToken cancellation) => reads.RunAsync(
        contexts,
        db =>
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTrackingWithIdentityResolution;
            return read(db);
        },
        cancellation);

    /// <summary>
    /// A write: <paramref name="change"/> reads and changes tracked entities, then everything is saved in one transaction,
    /// then <paramref name="result"/> is made of the saved state. May run several times; must not have other effects.
    /// </summary>
    /// <remarks>
    /// All attempts carry one commit id. When a commit was not answered, the log is asked for that id before anything is
    /// tried again; and a commit that is still under way then cannot happen beside a later attempt, because the log takes an
    /// id only once.
    /// </remarks>
    /// <exception cref="GarmException">409: others changed the same rows first, more often than <see cref="WriteRetryOptions.Conflicts"/>.</exception>
    public async Task<T> WriteAsync<TEntity, T>(
        Func<GarmDbContext, Task<TEntity>> change, Func<TEntity, T> result, CancellationToken cancellation)
    {
        var attempts = new WriteAttempts<TEntity>(contexts, recorder, change);
        var pauses = Pauses();
        var lost = false;
        while (true)
        {
            using var time = new AttemptTime(pauses.Begin(), clock, cancellation);
            try
            {
                if (await attempts.RecoverAsync(time, cancellation).ConfigureAwait(false) is { } committed)
                    return Done(committed, result);
                using var turn = lost ? await recorder.LosersTurn.EnterAsync(time.Token).ConfigureAwait(false) : null;
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

                if (time.IsEndOf(e, _engine)) throw retries.NoAnswer(e);
                if (reason == RetryReason.Fault) throw;
                if (await attempts.RecoverAsync(time, cancellation).ConfigureAwait(false) is { } committed)
                    return Done(committed, result);
                throw GarmException.Contended(e);
            }
            catch (Exception) when (attempts.IsCommitOpen && !cancellation.IsCancellationRequested)
            {
                // A refusal may come from the write's own rows: committed, not answered, and found by the next attempt's checks.
                if (await attempts.RecoverAsync(time, cancellation).ConfigureAwait(false) is { } committed)
                    return Done(committed, result);
                throw;
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

    private T Done<TEntity, T>(WriteOutcome<TEntity> outcome, Func<TEntity, T> result)
    {
        LastWrite = outcome.Head;
        return result(outcome.Entity);
    }

    private RetryPauses Pauses() => new(retries, clock, Random.Shared.NextDouble);

    // What broke a constraint is tried again too: the second attempt's checks see the row that won (it took the name, refers
    // to what goes, or is gone), and refuse it by name.
    private RetryReason? ReasonOf(Exception exception, AttemptTime time) =>
        exception is DbUpdateConcurrencyException || _engine.IsUniqueViolation(exception) || _engine.IsForeignKeyViolation(exception)
            ? RetryReason.Conflict
        : _engine.WriteObstacleOf(exception) == WriteObstacle.OutOfSpace ? null // Some engines say that it may pass; not by waiting.
        : _engine.IsTransient(exception) || time.IsEndOf(exception, _engine) ? RetryReason.Fault
        : null;
}
