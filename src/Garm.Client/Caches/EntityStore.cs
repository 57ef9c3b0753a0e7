using System.Text.Json;

namespace Garm.Client.Caches;

/// <summary>
/// The entities of a cache and their indexes: one object per entity, without history. No I/O, no time, no threads.
/// </summary>
internal sealed class EntityStore
{
    private readonly Dictionary<string, Dictionary<EntityKey, CachedEntity>> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityIndex> _indexes = new(StringComparer.Ordinal);

    // The entities that neither a row nor an event has confirmed yet, while a snapshot is read. The row of an entity that changed during
    // the snapshot may be missing; the entity then comes as an event before the hub sends caught-up.
    private HashSet<EntityKey>? _unconfirmed;

    public int Count => _types.Values.Sum(x => x.Count);

    public CachedEntity? Find(EntityKey key) => _types.GetValueOrDefault(key.Type)?.GetValueOrDefault(key);

    public IEnumerable<CachedEntity> All(string type) => _types.TryGetValue(type, out var entities) ? entities.Values : [];

    public void AddIndex(string name, Func<CachedEntity, IEnumerable<string>> keysOf)
    {
        var index = new EntityIndex(keysOf);
        if (!_indexes.TryAdd(name, index)) throw new ArgumentException($"an index \"{name}\" already exists", nameof(name));
        foreach (var entity in _types.Values.SelectMany(x => x.Values)) index.Enter(entity.Key, index.KeysOf(entity));
    }

    public IEnumerable<CachedEntity> ByIndex(string name, string key) => _indexes.TryGetValue(name, out var index)
        ? index.Find(key).Select(x => Find(x)!)
        : throw new ArgumentException($"there is no index \"{name}\"", nameof(name));

    /// <summary>A snapshot begins: all entities have to be confirmed.</summary>
    public void BeginSnapshot() => _unconfirmed = [.. _types.Values.SelectMany(x => x.Keys)];

    /// <summary>The snapshot and the events after it are complete: removes the entities that were not confirmed.</summary>
    public IReadOnlyList<CacheChange> EndSnapshot()
    {
        var gone = _unconfirmed ?? [];
        _unconfirmed = null;
        return [.. gone.Select(Remove).OfType<CacheChange>()];
    }

    /// <summary>Stores the entity; null when nothing changed.</summary>
    public CacheChange? Put(EntityKey key, JsonElement payload)
    {
        _unconfirmed?.Remove(key);
        var before = Find(key);
        if (before is not null && IsSame(before.Payload, payload)) return null;
        var entity = new CachedEntity(key, payload);

        // The functions are the caller's: if one throws, nothing has changed yet.
        var entered = _indexes.Values.Select(x => (Index: x, Keys: x.KeysOf(entity))).ToList();
        if (!_types.TryGetValue(key.Type, out var entities)) _types[key.Type] = entities = [];
        entities[key] = entity;
        foreach (var (index, keys) in entered) index.Enter(key, keys);
        return before is null ? new CacheChange(CacheChangeKind.Added, entity) : new CacheChange(CacheChangeKind.Changed, entity, before);
    }

    /// <summary>Removes the entity; null when it was not there.</summary>
    public CacheChange? Remove(EntityKey key)
    {
        _unconfirmed?.Remove(key);
        if (!_types.TryGetValue(key.Type, out var entities) || !entities.Remove(key, out var entity)) return null;
        foreach (var index in _indexes.Values) index.Leave(key);
        return new CacheChange(CacheChangeKind.Removed, entity);
    }

    // The hub writes the same entity with the same bytes.
    private static bool IsSame(JsonElement left, JsonElement right) => left.GetRawText() == right.GetRawText();
}
