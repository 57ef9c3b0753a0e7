using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Retries;

/// <summary>Retries reads while the database does not answer, for <see cref="WriteRetryOptions.FaultsFor"/>.</summary>
public sealed class DatabaseReads(DatabaseEngine engine, WriteRetryOptions retries, TimeProvider clock)
{
    /// <summary>Runs a read, several times if necessary.</summary>
    /// <param name="read">
    /// The read, which opens a new connection each time. Its token also ends the attempt when the time is over.
    /// </param>
    /// <param name="cancellation">Ends the wait too.</param>
    /// <exception cref="TimeoutException">The database did not answer at all.</exception>
    /// <exception cref="Exception">The last fault, when the database did not recover in time; any other exception at once.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        AttemptAsync(time => read(time.Token).WaitAsync(time.Token), cancellation);

    /// <summary>
    /// Runs queries on a context, several times if necessary. The waits for a connection and for the answer to each query are
    /// limited by the remaining time; reading a long answer is not.
    /// </summary>
    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, Task{T}}, CancellationToken)" path="/exception"/>
    public Task<T> RunAsync<T>(
        IDbContextFactory<GarmDbContext> contexts, Func<GarmDbContext, Task<T>> read, CancellationToken cancellation) => AttemptAsync(
        async time =>
        {
            var open = await OpenContext.OpenAsync(engine, contexts, time).ConfigureAwait(false);
            await using var disposal = open.ConfigureAwait(false);
            return await read(open.Db).ConfigureAwait(false);
        },
        cancellation);

    private async Task<T> AttemptAsync<T>(Func<AttemptTime, Task<T>> attempt, CancellationToken cancellation)
    {
        var pauses = new RetryPauses(retries, clock, Random.Shared.NextDouble);
        while (true)
        {
            using var time = new AttemptTime(pauses.Begin(), clock, cancellation);
            try
            {
                return await attempt(time).ConfigureAwait(false);
            }
            catch (Exception e) when (engine.IsTransient(e) || time.IsEndOf(e, engine))
            {
                if (pauses.Next(RetryReason.Fault) is not { } pause)
                {
                    if (time.IsEndOf(e, engine)) throw retries.NoAnswer(e);
                    throw;
                }

                await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }
}
