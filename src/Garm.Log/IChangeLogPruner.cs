namespace Garm.Log;

/// <summary>Deletes changes from the log according to the retention settings.</summary>
public interface IChangeLogPruner
{
    /// <summary>
    /// Deletes one batch of the oldest changes, if this node holds the lease or can take it. True when there may be more to
    /// delete now.
    /// </summary>
    Task<bool> PruneAsync(CancellationToken cancellation);
}
