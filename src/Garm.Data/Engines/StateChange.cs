namespace Garm.Data.Engines;

/// <summary>What is to become of a row of <c>entity_states</c>, unless it is newer already.</summary>
/// <param name="EntityType">The wire name.</param>
/// <param name="Source">Where the entity is from.</param>
/// <param name="EntityId">As in the log.</param>
/// <param name="Position">Of the change.</param>
/// <param name="CreatedPosition">Of the entity's creation, if that is known; else 0, and what the row has stays.</param>
/// <param name="Payload">JSON; null when the entity is gone.</param>
public sealed record StateChange(
    string EntityType, string Source, string EntityId, long Position, long CreatedPosition, string? Payload)
{
    /// <summary>The row's key within the type.</summary>
    public string Key => StateKeys.Of(Source, EntityId);

    /// <summary>The last one for each entity, with its creation where that is among them.</summary>
    public static IReadOnlyList<StateChange> LastOfEach(IEnumerable<StateChange> changes)
    {
        var last = new Dictionary<(string, string), StateChange>();
        foreach (var change in changes)
        {
            var key = (change.EntityType, change.Key);
            var created = change.CreatedPosition == 0 && last.TryGetValue(key, out var before) ? before.CreatedPosition : change.CreatedPosition;
            last[key] = change with { CreatedPosition = created };
        }

        return [.. last.Values];
    }
}
