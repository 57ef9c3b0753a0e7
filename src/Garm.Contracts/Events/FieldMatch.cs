using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Garm.Contracts.Events;

/// <summary>
/// A plain JSON value in a canonical form: <c>1</c> and <c>1.0</c> are the same number, and no number
/// equals a text. <c>null</c>, <c>false</c>, <c>0</c> and <c>""</c> are equal: GARM omits empty fields in its JSON,
/// so a reader cannot distinguish them.
/// </summary>
/// <param name="Text">The canonical form; null for an empty value and for an absent field.</param>
public readonly record struct MatchValue(string? Text)
{
    private const char TextMark = '"';

    /// <summary>The value of a text.</summary>
    public static MatchValue OfText(string text) => text.Length == 0 ? default : new(TextMark + text);

    /// <summary>The value of an element; false when it is an object or a list.</summary>
    public static bool TryRead(JsonElement element, out MatchValue value)
    {
        value = element.ValueKind switch
        {
            JsonValueKind.String => OfText(element.GetString()!),
            JsonValueKind.Number => new MatchValue(NumberText(element)),
            JsonValueKind.True => new MatchValue("true"),
            _ => default,
        };
        return element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined);
    }

    /// <summary>Writes it as JSON.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (Text is null) json.WriteNullValue();
        else if (Text.StartsWith(TextMark)) json.WriteStringValue(Text.AsSpan(1));
        else json.WriteRawValue(Text);
    }

    // "G29" drops the trailing zeros that a decimal keeps.
    private static string? NumberText(JsonElement element) => !element.TryGetDecimal(out var number) ? element.GetRawText()
        : number == 0 ? null
        : number.ToString("G29", CultureInfo.InvariantCulture);
}

/// <summary>One condition of a filter: a top-level field of the payload has one of these values.</summary>
/// <param name="Field">The field's name in the payload.</param>
/// <param name="Values">The values; never empty.</param>
public sealed record FieldMatch(string Field, ImmutableArray<MatchValue> Values)
{
    /// <summary>The maximum number of fields of one filter, and of values of one field.</summary>
    private const int Most = 1_000;

    /// <summary>Parses a filter's <c>match</c>; default, and an error message, when it is invalid.</summary>
    internal static ImmutableArray<FieldMatch> ReadAll(JsonElement match, ref string problem)
    {
        if (match.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return [];
        if (match.ValueKind != JsonValueKind.Object)
        {
            problem = "\"match\" must be an object of fields and the values they must have";
            return default;
        }

        var fields = ImmutableArray.CreateBuilder<FieldMatch>();
        foreach (var property in match.EnumerateObject())
        {
            var values = ReadValues(property.Value);
            if (values.IsDefaultOrEmpty || values.Length > Most || fields.Count == Most)
            {
                problem = $"\"match\" compares \"{property.Name}\" with something else than text, a number, true, false, null or a list of 1 to {Most} of them";
                return default;
            }

            fields.Add(new FieldMatch(property.Name, values));
        }

        return fields.ToImmutable();
    }

    private static ImmutableArray<MatchValue> ReadValues(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array) return MatchValue.TryRead(element, out var single) ? [single] : default;
        var values = ImmutableArray.CreateBuilder<MatchValue>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            if (!MatchValue.TryRead(item, out var value)) return default;
            values.Add(value);
        }

        return values.ToImmutable();
    }
}
