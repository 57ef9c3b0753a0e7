namespace Garm.Data.Model;

/// <summary>An entity of which every change is an event; see <c>WatchedEntities</c>.</summary>
public interface IWatchedEntity
{
    /// <summary>The time of its creation, UTC.</summary>
    DateTime CreatedAt { get; set; }

    /// <summary>The time of its last change or of its children's, UTC.</summary>
    DateTime UpdatedAt { get; set; }

    /// <summary>Incremented by each change: a write that is based on an older version fails and starts over.</summary>
    long Version { get; set; }
}
