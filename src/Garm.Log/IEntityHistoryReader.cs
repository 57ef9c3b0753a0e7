using Garm.Contracts.Events;

namespace Garm.Log;

/// <summary>Reads what the log says of one entity. The log has no index by entities, so the search has a bound.</summary>
public interface IEntityHistoryReader
{
    /// <summary>The entity's last changes before a position, ascending.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="source">Where it is from; empty for the hub itself.</param>
    /// <param name="id">Its id.</param>
    /// <param name="before">Only changes before this position; null for all.</param>
    /// <param name="limit">Most changes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    Task<EntityHistory> ReadAsync(
        EntityType type, string source, string id, LogPosition? before, int limit, CancellationToken cancellation);
}

/// <summary>What the log says of an entity.</summary>
/// <param name="Changes">Ascending.</param>
/// <param name="HasMore">Whether there may be earlier ones.</param>
/// <param name="IsCut">Whether the log may hold more than the search looked at, or retention took what was before.</param>
public sealed record EntityHistory(IReadOnlyList<Change> Changes, bool HasMore, bool IsCut);
