using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Data.Values;

/// <summary>Applies a request's fields to an entity.</summary>
internal static class RequestValues
{
    /// <summary>The requested text; the current one when the request has none or an empty one.</summary>
    public static string OrKeep(string? wanted, string current) => string.IsNullOrEmpty(wanted) ? current : wanted;

    /// <summary>JSON without white space; null when the request has none.</summary>
    public static string? Compact(JsonElement json) =>
        json.ValueKind == JsonValueKind.Undefined ? null : JsonSerializer.Serialize(json, GarmJson.Options);
}
