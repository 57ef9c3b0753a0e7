using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Retries;

/// <summary>
/// Work of the hub's own that is done once and not tried again: whoever asked for it asks anew. It waits for a turn, a connection and
/// the answer to each statement no longer than its purpose allows, whatever the connection string says.
/// </summary>
internal static class BoundedWork
{
    /// <summary>Does it on a context of its own.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="contexts">Where the context comes from.</param>
    /// <param name="longest">How long each wait may take.</param>
    /// <param name="work">The work; its token ends the waiting for a turn.</param>
    /// <param name="cancellation">The caller's.</param>
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

    /// <summary>Does it in a transaction, once it is this process's turn to write.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="contexts">Where the context comes from.</param>
    /// <param name="longest">How long each wait may take.</param>
    /// <param name="work">The work; it is committed when it returns.</param>
    /// <param name="cancellation">The caller's; nothing is stored then.</param>
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
