using System.Text.Json;
using System.Text.RegularExpressions;

namespace Garm.Golden.Scenarios;

/// <summary>The values of the <c>{{placeholders}}</c> of one run.</summary>
internal sealed partial class Variables
{
    private readonly Dictionary<string, JsonElement> _values = [];

    public void Set(string name, JsonElement value) => _values[name] = value.Clone();

    public void Set(string name, string value) => Set(name, Json.FromText(value));

    public void Set(string name, long value) => Set(name, JsonSerializer.SerializeToElement(value));

    public string Text(string name) => Json.Bare(Find(name));

    /// <summary>Puts the values into a text.</summary>
    public string Fill(string template) =>
        Placeholder().Replace(template, match => Text(match.Groups["name"].Value));

    public IReadOnlyDictionary<string, string> Fill(IReadOnlyDictionary<string, string> templates) =>
        templates.ToDictionary(x => x.Key, x => Fill(x.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Replaces placeholders in a JSON document, including keys. A string that is one placeholder takes the type of the
    /// value.
    /// </summary>
    public JsonElement Fill(JsonElement template)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, template);
        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private void Write(Utf8JsonWriter writer, JsonElement template)
    {
        switch (template.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in template.EnumerateObject())
                {
                    writer.WritePropertyName(Fill(property.Name));
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in template.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = template.GetString()!;
                var match = Placeholder().Match(text);
                if (match.Success && match.Length == text.Length) Find(match.Groups["name"].Value).WriteTo(writer);
                else writer.WriteStringValue(Fill(text));
                break;
            default:
                template.WriteTo(writer);
                break;
        }
    }

    private JsonElement Find(string name) =>
        _values.TryGetValue(name, out var value)
            ? value
            : throw new ScenarioException($"no value for {{{{{name}}}}}");

    [GeneratedRegex(@"\{\{(?<name>[\w.-]+)\}\}")]
    private static partial Regex Placeholder();
}
