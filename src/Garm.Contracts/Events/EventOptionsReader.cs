using System.Collections.Immutable;
using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Contracts.Events;

/// <summary>
/// Reads the client's messages as GARM does (recorded in <c>ws-accepted-messages</c> and <c>ws-rejected-messages</c>):
/// keys without regard to case, in the newer notation (<c>entity-type</c>, <c>send-everything</c>) and the older one
/// (<c>entity_type</c>, <c>send_everything</c>); unknown keys are ignored; values are case-sensitive. A wrong JSON type
/// anywhere is malformed even where the value would not be looked at; the last of several equal keys counts.
/// <para>
/// Beyond GARM: <c>cursor</c>, <c>heartbeat-seconds</c>, <c>token</c>, and <c>match</c> in a filter. A message that
/// holds none of them is read as if they did not exist.
/// </para>
/// </summary>
public static class EventOptionsReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <summary>Reads one message; <paramref name="options"/> is set when the outcome is accepted.</summary>
    /// <param name="message">UTF-8 JSON.</param>
    /// <param name="options">What it asks for.</param>
    /// <param name="maxFilters">Most filters that are taken.</param>
    public static EventOptionsOutcome Read(
        ReadOnlyMemory<byte> message, out EventOptions? options, int maxFilters = int.MaxValue) =>
        Read(message, out options, out _, maxFilters);

    /// <summary>
    /// The same, and what was wrong, for people. <paramref name="options"/> is set for an ignored message too when that
    /// holds something beyond the filter, and for a refused one as far as it was understood. A client that has asked for a
    /// cursor before is in <paramref name="cursorMode"/>: it is told what is wrong with the fields beyond GARM's also where
    /// the message asks for none.
    /// </summary>
    public static EventOptionsOutcome Read(
        ReadOnlyMemory<byte> message, out EventOptions? options, out string problem, int maxFilters = int.MaxValue,
        bool cursorMode = false)
    {
        options = null;
        problem = "the message is no JSON object of the right form";
        try
        {
            using var document = JsonDocument.Parse(message, Strict);
            if (JsonText.FaultOf(message.Span) is { } fault)
            {
                problem = $"a text of the message {fault}";
                return EventOptionsOutcome.Malformed;
            }

            return Read(document.RootElement, maxFilters, cursorMode, out options, ref problem);
        }
        catch (JsonException)
        {
            return EventOptionsOutcome.Malformed;
        }
    }

    private static EventOptionsOutcome Read(
        JsonElement root, int maxFilters, bool cursorMode, out EventOptions? options, ref string problem)
    {
        options = null;
        if (root.ValueKind == JsonValueKind.Null) return EventOptionsOutcome.Ignored;
        if (root.ValueKind != JsonValueKind.Object) return EventOptionsOutcome.Malformed;

        var beyond = EventOptionsBeyond.Read(root, cursorMode);
        options = beyond.Options;
        var sendEverything = false;
        List<RawFilter>? filters = null;
        foreach (var property in root.EnumerateObject())
        {
            if (Is(property, "send-everything", "send_everything"))
            {
                if (!TryReadBoolean(property.Value, ref sendEverything)) return EventOptionsOutcome.Malformed;
            }
            else if (Is(property, "filters", "filters"))
            {
                if (!TryReadFilters(property.Value, out filters)) return EventOptionsOutcome.Malformed;
            }
        }

        if (beyond.Problem is { } wrong)
        {
            problem = wrong;
            return EventOptionsOutcome.Invalid;
        }

        if (sendEverything)
        {
            options = (options ?? EventOptions.Nothing) with { SendEverything = true };
            return EventOptionsOutcome.Accepted;
        }

        if (filters is not { Count: > 0 }) return EventOptionsOutcome.Ignored;
        if (filters.Count > maxFilters) return EventOptionsOutcome.TooMany;

        var builder = ImmutableArray.CreateBuilder<EntityEventFilter>(filters.Count);
        foreach (var filter in filters)
        {
            if (filter.TryValidate(ref problem) is not { } valid) return EventOptionsOutcome.Invalid;
            builder.Add(valid);
        }

        options = (options ?? EventOptions.Nothing) with { Filters = builder.MoveToImmutable() };
        return EventOptionsOutcome.Accepted;
    }

    private static bool TryReadFilters(JsonElement value, out List<RawFilter>? filters)
    {
        filters = null;
        if (value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.Array) return false;

        filters = [];
        foreach (var element in value.EnumerateArray())
        {
            if (!TryReadFilter(element, out var filter)) return false;
            filters.Add(filter);
        }

        return true;
    }

    private static bool TryReadFilter(JsonElement value, out RawFilter filter)
    {
        filter = new RawFilter("", []);
        if (value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.Object) return false;

        foreach (var property in value.EnumerateObject())
        {
            if (Is(property, "entity-type", "entity_type"))
            {
                if (!TryReadString(property.Value, out var name)) return false;
                filter = filter with { EntityType = name };
            }
            else if (Is(property, "operations", "operations"))
            {
                if (!TryReadStrings(property.Value, out var operations)) return false;
                filter = filter with { Operations = operations };
            }
            else if (Is(property, "match", "match"))
            {
                filter = filter with { Match = property.Value };
            }
        }

        return true;
    }

    private static bool TryReadStrings(JsonElement value, out List<string> strings)
    {
        strings = [];
        if (value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.Array) return false;

        foreach (var element in value.EnumerateArray())
        {
            if (!TryReadString(element, out var text)) return false;
            strings.Add(text);
        }

        return true;
    }

    private static bool TryReadString(JsonElement value, out string text)
    {
        text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return value.ValueKind is JsonValueKind.String or JsonValueKind.Null;
    }

    private static bool TryReadBoolean(JsonElement value, ref bool flag)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) flag = value.GetBoolean();
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null;
    }

    private static bool Is(JsonProperty property, string name, string olderName) =>
        property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || property.Name.Equals(olderName, StringComparison.OrdinalIgnoreCase);

    private sealed record RawFilter(string EntityType, List<string> Operations, JsonElement Match = default)
    {
        public EntityEventFilter? TryValidate(ref string problem)
        {
            if (!EntityTypes.TryParse(EntityType, out var type))
            {
                problem = $"there is no entity type \"{EntityType}\"; there are {string.Join(", ", EntityTypes.All.Select(x => x.WireName()))}";
                return null;
            }

            var operations = ImmutableArray.CreateBuilder<ChangeOperation>(Operations.Count);
            foreach (var name in Operations)
            {
                if (!ChangeOperations.TryParse(name, out var operation))
                {
                    problem = $"there is no operation \"{name}\"; there are create, update, delete";
                    return null;
                }

                operations.Add(operation);
            }

            var match = FieldMatch.ReadAll(Match, ref problem);
            return match.IsDefault ? null : new EntityEventFilter(type, operations.ToImmutable()) { Match = match };
        }
    }
}
