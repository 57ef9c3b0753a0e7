using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Garm.Host.Tests.Description;

/// <summary>
/// A published schema in a stricter form: an object may have only the described properties, so an answer cannot
/// contain anything that the description lacks.
/// </summary>
internal sealed class StrictSchema
{
    private readonly JsonSchema _schema;

    /// <param name="root">A schema, whose references point into <paramref name="definitions"/>.</param>
    /// <param name="definitions">The definitions by name; references are <c>#/$defs/name</c>.</param>
    public StrictSchema(JsonNode root, JsonNode definitions)
    {
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["allOf"] = new JsonArray(root.DeepClone()),
            ["$defs"] = definitions.DeepClone(),
        };
        Close(whole);
        _schema = JsonSchema.FromText(whole.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    /// <summary>What is wrong with a text, or null.</summary>
    public string? Problem(string json)
    {
        JsonElement value;
        try
        {
            value = JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException e)
        {
            return $"no JSON ({e.Message}): {json}";
        }

        if (_schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.Flag, RequireFormatValidation = true }).IsValid)
            return null;

        var found = _schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        var errors = (found.Details ?? []).Where(x => x.Errors is { Count: > 0 })
            .SelectMany(x => x.Errors!.Select(error => $"{x.InstanceLocation}: {error.Value}"));
        return $"{string.Join("; ", errors.Distinct().Take(8))}: {json}";
    }

    private static void Close(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject shape:
                foreach (var (_, child) in shape.ToList()) Close(child);
                if (shape["properties"] is JsonObject && shape["type"] is not null && !shape.ContainsKey("additionalProperties"))
                    shape["additionalProperties"] = false;
                break;
            case JsonArray list:
                foreach (var child in list) Close(child);
                break;
        }
    }
}
