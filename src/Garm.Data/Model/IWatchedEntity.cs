namespace Garm.Data.Model;

/// <summary>An entity whose every change is an event; see <c>WatchedEntities</c>.</summary>
public interface IWatchedEntity
{
    /// <summary>When it was made, UTC.</summary>
    DateTime CreatedAt { get; set; }

    /// <summary>When it last changed, UTC; children count.</summary>
    DateTime UpdatedAt { get; set; }

    /// <summary>Raised by each change: a write based on an older version is refused and done again.</summary>
    long Version { get; set; }
}
