namespace Garm.Client.Caches;

/// <summary>Finds entities by keys that a function of the caller's gives them.</summary>
/// <param name="keysOf">The function.</param>
internal sealed class EntityIndex(Func<CachedEntity, IEnumerable<string>> keysOf)
{
    private readonly Dictionary<string, HashSet<EntityKey>> _entries = new(StringComparer.Ordinal);

    // What each entity was entered under: the function is not asked again to take it out.
    private readonly Dictionary<EntityKey, IReadOnlyList<string>> _keys = [];

    /// <summary>The keys of an entity, by the function.</summary>
    public IReadOnlyList<string> KeysOf(CachedEntity entity) => [.. keysOf(entity).Distinct(StringComparer.Ordinal)];

    /// <summary>Enters an entity, in the place of what it was entered under before.</summary>
    public void Enter(EntityKey entity, IReadOnlyList<string> keys)
    {
        Leave(entity);
        if (keys.Count == 0) return;
        _keys[entity] = keys;
        foreach (var key in keys)
        {
            if (!_entries.TryGetValue(key, out var entities)) _entries[key] = entities = [];
            entities.Add(entity);
        }
    }

    /// <summary>Takes an entity out.</summary>
    public void Leave(EntityKey entity)
    {
        if (!_keys.Remove(entity, out var keys)) return;
        foreach (var key in keys)
        {
            if (_entries[key].Remove(entity) && _entries[key].Count == 0) _entries.Remove(key);
        }
    }

    /// <summary>The entities under a key.</summary>
    public IEnumerable<EntityKey> Find(string key) => _entries.TryGetValue(key, out var entities) ? entities : [];
}
