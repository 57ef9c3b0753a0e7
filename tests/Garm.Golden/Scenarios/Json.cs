using System.Text.Encodings.Web;
using System.Text.Json;

namespace Garm.Golden.Scenarios;

/// <summary>Parses and formats JSON as the recordings do.</summary>
internal static class Json
{
    private const int ShownLength = 160;

    // A duplicate key in one object is an error, though most readers hide it.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>As compact as the recorder's own requests: only required escapes.</summary>
    public static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonElement FromText(string text) => JsonSerializer.SerializeToElement(text);

    /// <summary>The JSON of the text, or the text as a JSON string if it is not JSON.</summary>
    public static JsonElement ParseOrText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return FromText(text);
        }
    }

    /// <summary>The body of an answer: JSON if the content type says so, otherwise its text.</summary>
    public static JsonElement FromBody(string body, string? contentType) =>
        body.Length > 0 && contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true
            ? ParseOrText(body)
            : FromText(body);

    public static string ToText(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "nothing" : JsonSerializer.Serialize(value, Compact);

    /// <summary>The value, cut to a length for one line of a report.</summary>
    public static string Show(JsonElement value)
    {
        var text = ToText(value);
        return text.Length > ShownLength ? $"{text.AsSpan(0, ShownLength - 3)}..." : text;
    }

    /// <summary>A string without its quotes, anything else as its JSON.</summary>
    public static string Bare(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : ToText(value);

    /// <summary>The property, or an undefined element where there is none.</summary>
    public static JsonElement Property(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : default;

    public static string PropertyText(this JsonElement value, string name) =>
        value.Property(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
