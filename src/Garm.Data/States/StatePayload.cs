using System.Text;
using System.Text.Json.Nodes;
using Garm.Contracts.Entities;
using Garm.Contracts.Events;
using Garm.Contracts.Json;

namespace Garm.Data.States;

/// <summary>
/// The stored state of an entity if it differs from the payload of its event: pools and scale sets without their runners. Runners change
/// without an event of their pool, so the list would be out of date; runners have states of their own.
/// </summary>
internal static class StatePayload
{
    /// <summary>UTF-8 JSON; null when it equals the payload.</summary>
    public static byte[]? Of(object view) => view switch
    {
        PoolView { Instances: not null } pool => GarmJson.ToUtf8(pool with { Instances = null }),
        ScaleSetView { Instances: not null } scaleSet => GarmJson.ToUtf8(scaleSet with { Instances = null }),
        _ => null,
    };

    /// <summary>The same of a payload as UTF-8 JSON; null when it is the payload.</summary>
    public static byte[]? Of(EntityType type, byte[] payload)
    {
        if (type is not (EntityType.Pool or EntityType.ScaleSet)) return null;
        var text = Encoding.UTF8.GetString(payload);
        var state = Of(type.WireName(), text);
        return ReferenceEquals(state, text) ? null : Encoding.UTF8.GetBytes(state);
    }

    /// <summary>The stored state for an event's payload.</summary>
    public static string Of(string entityType, string payload)
    {
        if (entityType != EntityType.Pool.WireName() && entityType != EntityType.ScaleSet.WireName()) return payload;
        if (JsonNode.Parse(payload, documentOptions: JsonText.AnyDepth) is not JsonObject json || !json.Remove("instances")) return payload;
        return json.ToJsonString(GarmJson.Options);
    }
}
