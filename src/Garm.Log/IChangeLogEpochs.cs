namespace Garm.Log;

/// <summary>Switches the log to a new epoch.</summary>
public interface IChangeLogEpochs
{
    /// <summary>
    /// Gives the log a new epoch, unless its epoch is no longer <paramref name="old"/>: several nodes may call this at once, and
    /// only one of them succeeds. Returns the head afterwards.
    /// </summary>
    Task<LogPlace> EndAsync(LogEpoch old, CancellationToken cancellation);
}
