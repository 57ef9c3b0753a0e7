namespace Garm.Data.Writes;

/// <summary>
/// Writes that lost a conflict start over one at a time, so that the writers of one hot row do not defeat each other repeatedly.
/// The first attempt of a write takes no lock. One lock serves all writes of the process.
/// </summary>
public sealed class ConflictLock
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for the lock; disposing the result releases it.</summary>
    internal async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        return new Holder(_free);
    }

    private sealed class Holder(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
