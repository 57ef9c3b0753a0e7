using System.Text.Json;

namespace Garm.Contracts.Events;

/// <summary>
/// Finds filters that can never match. Clients with a cursor get an error; plain ones do not, because GARM ignores unknown values.
/// </summary>
internal static class FilterCheck
{
    private static readonly string[] Keys = ["entity-type", "entity_type", "operations", "match", "source"];

    /// <summary>What is wrong with a filter's keys; null when they are valid.</summary>
    public static string? ProblemOfKeys(JsonElement filter) => filter.EnumerateObject()
        .Where(x => !Keys.Contains(x.Name, StringComparer.OrdinalIgnoreCase))
        .Select(x => $"a filter has no key \"{x.Name}\"; accepted are entity-type, operations, match and source")
        .FirstOrDefault();

    /// <summary>What is wrong with a filter's <c>match</c>, which is an object of plain values; null when it is valid.</summary>
    public static string? ProblemOfMatch(EntityType type, JsonElement match) => match.ValueKind != JsonValueKind.Object
        ? null
        : match.EnumerateObject().Select(x => ProblemOf(type, x.Name, x.Value)).FirstOrDefault(x => x is not null);

    /// <summary>What is wrong with the name of a source; null when it is valid.</summary>
    public static string? ProblemOfSource(string name) => name.Length <= SourceNames.MostLength && name.All(SourceNames.IsAllowed)
        ? null
        : $"there can be no source \"{name}\": a name has up to {SourceNames.MostLength} of a-z, 0-9 and -; the hub itself is \"\"";

    private static string? ProblemOf(EntityType type, string name, JsonElement value)
    {
        var fields = PayloadFields.Of(type);
        if (!fields.TryGetValue(name, out var field))
            return $"\"match\": the payload of {type.WireName()} has no field \"{name}\"; accepted are {PlainOf(fields.Values)}";
        if (field.Type == FieldType.Nested)
            return $"\"match\": \"{name}\" of {type.WireName()} is a list or an object, which cannot be compared; accepted are {PlainOf(fields.Values)}";
        IEnumerable<JsonElement> values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        return values.Select(x => ProblemOf(type, field, x)).FirstOrDefault(x => x is not null);
    }

    private static string? ProblemOf(EntityType type, PayloadField field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        var fits = field.Type switch
        {
            FieldType.Text => value.ValueKind == JsonValueKind.String,
            FieldType.Number => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
            _ => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        };
        if (!fits)
            return $"\"match\": \"{field.Name}\" of {type.WireName()} is never {value.GetRawText()}; accepted is {NameOf(field.Type)}, a list of such values, or null";
        if (field.Values is null || value.GetString() is not { Length: > 0 } text || field.Values.Contains(text)) return null;
        return $"\"match\": \"{field.Name}\" of {type.WireName()} is never \"{text}\"; accepted are {string.Join(", ", field.Values)}, \"\" or null";
    }

    private static string NameOf(FieldType type) => type switch
    {
        FieldType.Text => "a text",
        FieldType.Number => "a whole number",
        _ => "true or false",
    };

    private static string PlainOf(IEnumerable<PayloadField> fields) =>
        string.Join(", ", fields.Where(x => x.Type != FieldType.Nested).Select(x => x.Name));
}
