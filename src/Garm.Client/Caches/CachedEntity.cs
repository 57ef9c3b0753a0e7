using System.Text.Json;

namespace Garm.Client.Caches;

/// <summary>What an entity is known by.</summary>
/// <param name="Type">E.g. <c>instance</c>.</param>
/// <param name="Id">Its id; the name of an endpoint, which has none.</param>
/// <param name="Source">Where it is from; empty for the hub itself.</param>
public readonly record struct EntityKey(string Type, string Id, string Source = "")
{
    private static readonly string[] Names = ["id", "controller_id", "name"];

    /// <summary>The key of a payload; null when it names no entity.</summary>
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
/// <param name="Key">What it is known by.</param>
/// <param name="Payload">The entity as its last event showed it.</param>
public sealed record CachedEntity(EntityKey Key, JsonElement Payload);

/// <summary>What happened to an entity of a <see cref="GarmCache"/>.</summary>
public enum CacheChangeKind
{
    /// <summary>It is new in the cache.</summary>
    Added,

    /// <summary>Its payload differs from before.</summary>
    Changed,

    /// <summary>It is gone, or does not match the filter any more.</summary>
    Removed,
}

/// <summary>A change of a <see cref="GarmCache"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Entity">The entity; as it was last for a removal.</param>
/// <param name="Before">The entity before a change; null for the others.</param>
public sealed record CacheChange(CacheChangeKind Kind, CachedEntity Entity, CachedEntity? Before = null);
