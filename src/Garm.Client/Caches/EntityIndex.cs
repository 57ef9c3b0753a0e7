namespace Garm.Client.Caches;

/// <summary>Finds entities by keys that a function of the caller returns.</summary>
/// <param name="keysOf">The function.</param>
internal sealed class EntityIndex(Func<CachedEntity, IEnumerable<string>> keysOf)
{
    private readonly Dictionary<string, HashSet<EntityKey>> _entries = new(StringComparer.Ordinal);

    // The keys of each entity, so that the function is not called again to remove the entity.
    private readonly Dictionary<EntityKey, IReadOnlyList<string>> _keys = [];

    /// <summary>The keys that the function returns for an entity.</summary>
    public IReadOnlyList<string> KeysOf(CachedEntity entity) => [.. keysOf(entity).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds an entity under its keys, and removes it from its former ones.</summary>
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

    /// <summary>Removes an entity.</summary>
    public void Leave(EntityKey entity)
    {
        if (!_keys.Remove(entity, out var keys)) return;
        foreach (var key in keys)
        {
            if (_entries[key].Remove(entity) && _entries[key].Count == 0) _entries.Remove(key);
        }
    }

    /// <summary>The entities with a key.</summary>
    public IEnumerable<EntityKey> Find(string key) => _entries.TryGetValue(key, out var entities) ? entities : [];
}
