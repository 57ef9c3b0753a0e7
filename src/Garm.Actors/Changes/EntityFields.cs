using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;

namespace Garm.Actors.Changes;

/// <summary>Reads what filters compare: the scalar top-level fields of an entity, and its source.</summary>
internal static class EntityFields
{
    /// <summary>The name under which the source is compared; no field of a payload has it.</summary>
    public const string Source = "\0source";

    /// <summary>The fields that are not empty.</summary>
    /// <param name="json">UTF-8 JSON of the entity.</param>
    /// <param name="source">The name of its source.</param>
    public static Dictionary<string, MatchValue> Read(ReadOnlyMemory<byte> json, string source)
    {
        Dictionary<string, MatchValue> fields = new(StringComparer.Ordinal);
        if (source.Length > 0) fields[Source] = MatchValue.OfText(source);
        ReadInto(fields, json);
        return fields;
    }

    /// <summary>The fields before an update.</summary>
    /// <param name="fields">The fields after it.</param>
    /// <param name="before">UTF-8 JSON: the former values of the fields that changed.</param>
    public static IReadOnlyDictionary<string, MatchValue> ReadFormer(
        IReadOnlyDictionary<string, MatchValue> fields, ReadOnlyMemory<byte> before)
    {
        if (before.Span.SequenceEqual("{}"u8)) return fields;
        Dictionary<string, MatchValue> former = new(fields, StringComparer.Ordinal);
        ReadInto(former, before);
        return former;
    }

    private static void ReadInto(Dictionary<string, MatchValue> fields, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, JsonText.AnyDepth);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (MatchValue.TryRead(property.Value, out var value)) fields[property.Name] = value;
        }
    }
}
