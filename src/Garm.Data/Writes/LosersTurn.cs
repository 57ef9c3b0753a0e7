namespace Garm.Data.Writes;

/// <summary>
/// Lets the writes of this process that lost a conflict start over one at a time, so that they do not defeat each other again and
/// again: writers of one hot row then take turns. A write's first attempt waits for nobody.
/// </summary>
internal sealed class LosersTurn
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for the turn; its disposal gives it to the next.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        return new Taken(_free);
    }

    private sealed class Taken(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
