using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Data.States;

/// <summary>
/// The former values of the plain fields (text, numbers, booleans) that an update changed. Filters compare with them. They are
/// small compared with the payload.
/// </summary>
internal static class FieldChanges
{
    /// <summary>UTF-8 JSON: an object of the former values; <c>null</c> for a field that was absent.</summary>
    /// <param name="before">JSON: the payload before.</param>
    /// <param name="after">UTF-8 JSON: the payload after.</param>
    public static byte[] Of(string before, ReadOnlyMemory<byte> after)
    {
        using var old = JsonDocument.Parse(before, JsonText.AnyDepth);
        using var now = JsonDocument.Parse(after, JsonText.AnyDepth);
        var changes = new Dictionary<string, JsonElement?>();
        foreach (var field in old.RootElement.EnumerateObject())
        {
            var isSame = now.RootElement.TryGetProperty(field.Name, out var value) && IsSame(field.Value, value);
            if (IsPlain(field.Value) && !isSame) changes[field.Name] = field.Value;
        }

        foreach (var field in now.RootElement.EnumerateObject())
        {
            var wasPlain = old.RootElement.TryGetProperty(field.Name, out var value) && IsPlain(value);
            if (IsPlain(field.Value) && !wasPlain) changes[field.Name] = null;
        }

        return JsonSerializer.SerializeToUtf8Bytes(changes, Written);
    }

    private static readonly JsonSerializerOptions Written = new(GarmJson.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
    };

    private static bool IsSame(JsonElement left, JsonElement right) => !IsPlain(left) || JsonElement.DeepEquals(left, right);

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
