namespace Garm.Log;

/// <summary>Takes from the log what need not be kept.</summary>
public interface IChangeLogPruner
{
    /// <summary>
    /// Takes one batch of the oldest changes, if this node holds the lease or can have it. True when there may be more to
    /// take now.
    /// </summary>
    Task<bool> PruneAsync(CancellationToken cancellation);
}
