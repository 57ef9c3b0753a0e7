using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Cli.Terminal;

namespace Garm.Cli.Entities;

/// <summary>Writes the options message of a watch.</summary>
internal static class WatchFilter
{
    /// <param name="entityType">The type.</param>
    /// <param name="matches"><c>field=value</c>; a field that stands there several times may have any of its values.</param>
    /// <param name="sources">The sources; none for all of them.</param>
    public static string Message(string entityType, IReadOnlyList<string> matches, IReadOnlyList<string> sources)
    {
        var filter = new JsonObject { ["entity-type"] = entityType };
        var fields = new JsonObject();
        foreach (var (field, value) in matches.Select(Split))
        {
            if (fields[field] is not JsonArray values) fields[field] = values = [];
            values.Add(value);
        }

        if (fields.Count > 0) filter["match"] = fields;
        if (sources.Count > 0) filter["source"] = new JsonArray([.. sources.Select(x => (JsonNode)x)]);
        return new JsonObject { ["filters"] = new JsonArray(filter) }.ToJsonString();
    }

    private static (string Field, JsonNode? Value) Split(string match)
    {
        var at = match.IndexOf('=');
        if (at < 1) throw CliFailure.Usage($"--match: '{match}' is not accepted; it takes <field>=<value>, such as status=running or enabled=false");
        return (match[..at], ValueOf(match[(at + 1)..]));
    }

    // A number, true, false and null are themselves, as is text in quotes; everything else is text.
    private static JsonNode? ValueOf(string text)
    {
        try
        {
            var node = JsonNode.Parse(text);
            return node is null or JsonValue ? node : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
