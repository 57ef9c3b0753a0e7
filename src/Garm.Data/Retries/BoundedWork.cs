using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Retries;

/// <summary>
/// The hub's own database work that is not retried, because its caller tries again. Its waits for a turn, a connection and
/// the answer to each statement are limited, whatever the connection string says.
/// </summary>
internal static class BoundedWork
{
    /// <summary>Runs the work on a new context.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="contexts">Creates the context.</param>
    /// <param name="longest">The limit of each wait.</param>
    /// <param name="work">The work; its token ends the wait for a turn.</param>
    /// <param name="cancellation">The caller's token.</param>
    /// <exception cref="TimeoutException">There was no turn or no connection in time.</exception>
    public static async Task<T> RunAsync<T>(
        DatabaseEngine engine, IDbContextFactory<GarmDbContext> contexts, TimeSpan longest,
        Func<GarmDbContext, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var time = new AttemptTime(longest, TimeProvider.System, cancellation);
        try
        {
            var open = await OpenContext.OpenAsync(engine, contexts, time).ConfigureAwait(false);
            await using var disposal = open.ConfigureAwait(false);
            return await work(open.Db, time.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (time.IsEndOf(e, engine))
        {
            throw new TimeoutException($"the database did not answer for {longest.TotalSeconds:0.#} s", e);
        }
    }

    /// <summary>Runs the work in a transaction, after this process's turn to write has come.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="contexts">Creates the context.</param>
    /// <param name="longest">The limit of each wait.</param>
    /// <param name="work">The work; it is committed when it returns.</param>
    /// <param name="cancellation">The caller's token; when it is cancelled, nothing is stored.</param>
    /// <exception cref="TimeoutException">There was no turn or no connection in time.</exception>
    public static Task<T> WriteAsync<T>(
        DatabaseEngine engine, IDbContextFactory<GarmDbContext> contexts, TimeSpan longest,
        Func<GarmDbContext, Task<T>> work, CancellationToken cancellation) => RunAsync(
            engine,
            contexts,
            longest,
            async (db, inTime) =>
            {
                using var turn = await engine.EnterWriteAsync(inTime).ConfigureAwait(false);
                var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
                await using var disposal = transaction.ConfigureAwait(false);
                var result = await work(db).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
                return result;
            },
            cancellation);
}
