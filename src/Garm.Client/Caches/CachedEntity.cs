using System.Text.Json;

namespace Garm.Client.Caches;

/// <summary>The key of an entity.</summary>
/// <param name="Type">The type, for example <c>instance</c>.</param>
/// <param name="Id">Its id; for an endpoint, which has none, its name.</param>
/// <param name="Source">The name of its source; empty for the hub itself.</param>
public readonly record struct EntityKey(string Type, string Id, string Source = "")
{
    private static readonly string[] Names = ["id", "controller_id", "name"];

    /// <summary>The key of a payload; null when the payload identifies no entity.</summary>
    internal static EntityKey? Of(string type, JsonElement payload, string source)
    {
        if (payload.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in Names)
        {
            if (!payload.TryGetProperty(name, out var value)) continue;
            if (value.ValueKind == JsonValueKind.String) return new EntityKey(type, value.GetString()!, source);
            if (value.ValueKind == JsonValueKind.Number) return new EntityKey(type, value.GetRawText(), source);
        }

        return null;
    }
}

/// <summary>An entity of a <see cref="GarmCache"/>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Payload">The entity as its last event showed it.</param>
public sealed record CachedEntity(EntityKey Key, JsonElement Payload);

/// <summary>The kinds of changes in a <see cref="GarmCache"/>.</summary>
public enum CacheChangeKind
{
    /// <summary>The entity is new in the cache.</summary>
    Added,

    /// <summary>The entity's payload has changed.</summary>
    Changed,

    /// <summary>The entity was deleted, or no longer matches the filter.</summary>
    Removed,
}

/// <summary>A change of a <see cref="GarmCache"/>.</summary>
/// <param name="Kind">The kind of the change.</param>
/// <param name="Entity">The entity; for a removal, its last state.</param>
/// <param name="Before">The entity before an update; null for the other kinds.</param>
public sealed record CacheChange(CacheChangeKind Kind, CachedEntity Entity, CachedEntity? Before = null);
