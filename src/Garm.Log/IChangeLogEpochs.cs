namespace Garm.Log;

/// <summary>Ends one history and begins the next.</summary>
public interface IChangeLogEpochs
{
    /// <summary>
    /// Gives the log a new epoch, unless its epoch is no longer <paramref name="old"/>: several nodes may notice at once, and
    /// one of them does it. Returns the head as it is afterwards.
    /// </summary>
    Task<LogPlace> EndAsync(LogEpoch old, CancellationToken cancellation);
}
