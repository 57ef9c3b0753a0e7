namespace Garm.Data;

/// <summary>Reads that are asked again when the database does not answer, for as long as <see cref="WriteRetryOptions.FaultsFor"/> says.</summary>
public sealed class DatabaseReads(DatabaseEngine engine, WriteRetryOptions retries, TimeProvider clock)
{
    /// <summary>Runs a read, several times if it must.</summary>
    /// <param name="read">Reads on a connection that it takes anew each time.</param>
    /// <param name="cancellation">Ends the waiting too.</param>
    /// <exception cref="Exception">The last fault, when the database was away for too long; at once whatever is no fault of its.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var pauses = new RetryPauses(retries, clock, Random.Shared.NextDouble);
        while (true)
        {
            try
            {
                return await read(cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (engine.IsTransient(e))
            {
                if (pauses.Next(RetryReason.Fault) is not { } pause) throw;
                await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }
}
