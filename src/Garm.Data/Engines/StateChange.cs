namespace Garm.Data.Engines;

/// <summary>A change of a row of <c>entity_states</c>, which applies unless the row is already newer.</summary>
/// <param name="EntityType">The wire name.</param>
/// <param name="Source">The name of the entity's source.</param>
/// <param name="EntityId">As in the log.</param>
/// <param name="Position">The position of the change.</param>
/// <param name="CreatedPosition">The position of the entity's creation if it is known; otherwise 0, and the row keeps its value.</param>
/// <param name="Payload">JSON; null when the entity is gone.</param>
public sealed record StateChange(
    string EntityType, string Source, string EntityId, long Position, long CreatedPosition, string? Payload)
{
    /// <summary>The row's key within the type.</summary>
    public string Key => StateKeys.Of(Source, EntityId);

    /// <summary>The last change of each entity, with its creation if that is among them.</summary>
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
