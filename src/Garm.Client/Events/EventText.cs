using System.Text.Json;
using Garm.Contracts.Json;
using Garm.Contracts.Text;

namespace Garm.Client.Events;

/// <summary>
/// Parses the texts of an event socket, at any depth of nesting: they contain JSON of others, and a limit on the depth
/// would lose the event.
/// </summary>
internal static class EventText
{
    private const int LongestQuote = 100;

    /// <summary>The JSON object of a text.</summary>
    /// <exception cref="InvalidDataException">It is not a JSON object.</exception>
    public static JsonDocument Parse(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, JsonText.AnyDepth);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is not JSON ({e.Message}): {Quote(text)}", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new InvalidDataException($"it is not a JSON object: {Quote(text)}");
    }

    /// <summary>The event of an object, which may be disposed afterwards.</summary>
    /// <exception cref="InvalidDataException">A required field is missing.</exception>
    public static GarmEvent EventOf(JsonElement root)
    {
        if (!root.TryGetProperty("payload", out var payload)) throw new InvalidDataException($"it has no \"payload\": {Quote(root.GetRawText())}");
        return new GarmEvent(Word(root, "entity-type"), Word(root, "operation"), payload.Clone())
        {
            Source = root.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.String ? TextOf(source, "source") : "",
            Left = root.TryGetProperty("left", out var left) && left.ValueKind == JsonValueKind.True,
            Entered = root.TryGetProperty("entered", out var entered) && entered.ValueKind == JsonValueKind.True,
        };
    }

    /// <summary>A text of a frame.</summary>
    /// <exception cref="InvalidDataException">It contains an invalid character.</exception>
    public static string TextOf(JsonElement value, string key)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"its \"{key}\" is not text", e);
        }
    }

    private static string Word(JsonElement root, string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? TextOf(value, key)
            : throw new InvalidDataException($"it has no \"{key}\": {Quote(root.GetRawText())}");

    private static string Quote(string text) => text.Length <= LongestQuote ? text : TextCut.To(text, LongestQuote) + "…";
}
