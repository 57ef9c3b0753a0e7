using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Actors.Sessions;

/// <summary>
/// The JSON of a client's filter for administrators. It contains only the filter's keys of the client's message, so neither
/// a token nor any other content of the message is shown.
/// </summary>
/// <param name="Json">A JSON object in UTF-8; empty when there is none, and when it is longer than <see cref="MaxBytes"/>.</param>
/// <param name="Length">Its length in bytes, even if it is too long to be kept.</param>
public readonly record struct SessionFilterText(ReadOnlyMemory<byte> Json, int Length)
{
    /// <summary>The maximum length, because each session keeps its own: 16 KiB.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly string[] MessageKeys = ["send-everything", "send_everything", "filters", "source"];
    private static readonly string[] FilterKeys = ["entity-type", "entity_type", "operations", "match", "source"];

    // The filter of most clients, which all sessions share.
    private static readonly byte[] Everything = """{"send-everything":true}"""u8.ToArray();

    /// <summary>The filter of an accepted message.</summary>
    /// <param name="message">A JSON object in UTF-8.</param>
    internal static SessionFilterText Of(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message, JsonText.AnyDepth);
        using var stream = new MemoryStream(Math.Min(message.Length, MaxBytes));
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = GarmJson.Options.Encoder, SkipValidation = true }))
            Write(json, document.RootElement);

        if (stream.Length > MaxBytes) return new SessionFilterText(default, (int)stream.Length);
        var text = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        return new SessionFilterText(text.SequenceEqual(Everything) ? Everything : text.ToArray(), text.Length);
    }

    private static void Write(Utf8JsonWriter json, JsonElement message)
    {
        json.WriteStartObject();
        foreach (var property in message.EnumerateObject().Where(x => IsOneOf(MessageKeys, x)))
        {
            if (property.Value.ValueKind != JsonValueKind.Array || !property.Name.Equals("filters", StringComparison.OrdinalIgnoreCase))
            {
                property.WriteTo(json);
                continue;
            }

            json.WriteStartArray(property.Name);
            foreach (var filter in property.Value.EnumerateArray()) WriteFilter(json, filter);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, JsonElement filter)
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            filter.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var property in filter.EnumerateObject().Where(x => IsOneOf(FilterKeys, x))) property.WriteTo(json);
        json.WriteEndObject();
    }

    // Case-insensitive, like the parsing of the message.
    private static bool IsOneOf(string[] keys, JsonProperty property) => keys.Contains(property.Name, StringComparer.OrdinalIgnoreCase);
}
