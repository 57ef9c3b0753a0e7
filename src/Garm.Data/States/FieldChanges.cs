using System.Buffers;
using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Data.States;

/// <summary>
/// The former values of the plain fields (text, numbers, booleans) that an update changed. Filters compare with them. They are
/// small compared with the payload.
/// </summary>
internal static class FieldChanges
{
    private static readonly JsonWriterOptions Written = new() { Encoder = GarmJson.Options.Encoder, SkipValidation = true };

    /// <summary>UTF-8 JSON: an object of the former values; <c>null</c> for a field that was absent.</summary>
    /// <param name="before">JSON: the payload before.</param>
    /// <param name="after">UTF-8 JSON: the payload after.</param>
    public static byte[] Of(string before, ReadOnlyMemory<byte> after)
    {
        using var old = JsonDocument.Parse(before, JsonText.AnyDepth);
        using var now = JsonDocument.Parse(after, JsonText.AnyDepth);
        var changes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(changes, Written);
        writer.WriteStartObject();
        WriteChanged(writer, old.RootElement, now.RootElement);
        WriteAdded(writer, old.RootElement, now.RootElement);
        writer.WriteEndObject();
        writer.Flush();
        return changes.WrittenSpan.ToArray();
    }

    private static void WriteChanged(Utf8JsonWriter writer, JsonElement old, JsonElement now)
    {
        var there = new FieldCursor(now);
        foreach (var field in old.EnumerateObject())
        {
            if (!IsPlain(field.Value)) continue;
            if (there.Find(field) is { } value && JsonElement.DeepEquals(field.Value, value)) continue;
            writer.WritePropertyName(field.Name);
            field.Value.WriteTo(writer);
        }
    }

    private static void WriteAdded(Utf8JsonWriter writer, JsonElement old, JsonElement now)
    {
        var there = new FieldCursor(old);
        foreach (var field in now.EnumerateObject())
        {
            if (!IsPlain(field.Value)) continue;
            if (there.Find(field) is { } value && IsPlain(value)) continue;
            writer.WriteNull(field.Name);
        }
    }

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    /// <summary>Finds the fields of an object, mostly at the first look: another payload of the type has them in the same order.</summary>
    private struct FieldCursor(JsonElement json)
    {
        private JsonElement.ObjectEnumerator _fields = json.EnumerateObject();

        public JsonElement? Find(JsonProperty field)
        {
            var (name, before) = (field.Name, _fields);
            while (_fields.MoveNext())
            {
                if (_fields.Current.NameEquals(name)) return _fields.Current.Value;
            }

            _fields = before;
            return json.TryGetProperty(name, out var value) ? value : null;
        }
    }
}
