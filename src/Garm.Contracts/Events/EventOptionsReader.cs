using System.Collections.Immutable;
using System.Text.Json;
using Garm.Contracts.Json;

namespace Garm.Contracts.Events;

/// <summary>
/// Parses the client's messages as GARM does (recorded in <c>ws-accepted-messages</c> and <c>ws-rejected-messages</c>):
/// keys are case-insensitive, in the newer notation (<c>entity-type</c>, <c>send-everything</c>) and the older one
/// (<c>entity_type</c>, <c>send_everything</c>); unknown keys are ignored; values are case-sensitive. A wrong JSON type
/// is an error even if the value is not used; of several equal keys the last one counts.
/// <para>
/// Beyond GARM: <c>cursor</c>, <c>on-expired</c>, <c>heartbeat-seconds</c>, <c>token</c>, <c>source</c> beside
/// <c>send-everything</c>, and <c>match</c> and <c>source</c> in a filter. A message without any of them is parsed as in
/// GARM. A client with a cursor gets an error for filters that can never match (<see cref="FilterCheck"/>).
/// </para>
/// </summary>
public static class EventOptionsReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <summary>Parses one message; <paramref name="options"/> is set when the message is accepted.</summary>
    /// <param name="message">UTF-8 JSON.</param>
    /// <param name="options">The parsed options.</param>
    /// <param name="maxFilters">The maximum number of filters.</param>
    public static EventOptionsOutcome Read(
        ReadOnlyMemory<byte> message, out EventOptions? options, int maxFilters = int.MaxValue) =>
        Read(message, out options, out _, maxFilters);

    /// <summary>
    /// The same, with an error message. <paramref name="options"/> is also set for an ignored message that
    /// contains fields beyond the filter, and for a refused one as far as it was parsed. <paramref name="cursorMode"/> says that the
    /// client has sent a cursor before: then errors in the fields beyond GARM's are reported even if
    /// this message has no cursor.
    /// </summary>
    public static EventOptionsOutcome Read(
        ReadOnlyMemory<byte> message, out EventOptions? options, out string problem, int maxFilters = int.MaxValue,
        bool cursorMode = false)
    {
        options = null;
        problem = "the message is not a JSON object of the right form";
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
        var isStrict = cursorMode || options?.Cursor is not null;
        var sendEverything = false;
        var sources = ImmutableArray<string>.Empty;
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
            else if (property.NameEquals("source"))
            {
                sources = ReadSources(property.Value, isStrict, ref problem);
                if (sources.IsDefault) return EventOptionsOutcome.Invalid;
            }
        }

        if (beyond.Problem is { } wrong)
        {
            problem = wrong;
            return EventOptionsOutcome.Invalid;
        }

        if (sendEverything)
        {
            options = (options ?? EventOptions.Nothing) with { SendEverything = true, Sources = sources };
            return EventOptionsOutcome.Accepted;
        }

        if (filters is not { Count: > 0 }) return EventOptionsOutcome.Ignored;
        if (isStrict && !sources.IsEmpty)
        {
            problem = "\"source\" stands beside \"send-everything\", or in each filter";
            return EventOptionsOutcome.Invalid;
        }

        if (filters.Count > maxFilters) return EventOptionsOutcome.TooMany;

        var builder = ImmutableArray.CreateBuilder<EntityEventFilter>(filters.Count);
        foreach (var filter in filters)
        {
            if (filter.TryValidate(isStrict, ref problem) is not { } valid) return EventOptionsOutcome.Invalid;
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
        filter = new RawFilter("", [], value);
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
            else if (Is(property, "source", "source"))
            {
                filter = filter with { Source = property.Value };
            }
        }

        return true;
    }

    /// <summary>A text or a list of texts; default, and an error message, when it is something else.</summary>
    private static ImmutableArray<string> ReadSources(JsonElement value, bool isStrict, ref string problem)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return [];
        var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        if (names.Count == 0 || names.Any(x => x.ValueKind != JsonValueKind.String))
        {
            problem = "\"source\" must be the name of a source or a list of names; the hub itself is \"\"";
            return default;
        }

        var wrong = isStrict ? names.Select(x => FilterCheck.ProblemOfSource(x.GetString()!)).FirstOrDefault(x => x is not null) : null;
        problem = wrong ?? problem;
        return wrong is null ? [.. names.Select(x => x.GetString()!)] : default;
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

    private sealed record RawFilter(string EntityType, List<string> Operations, JsonElement Whole)
    {
        public JsonElement Match { get; init; }

        public JsonElement Source { get; init; }

        public EntityEventFilter? TryValidate(bool isStrict, ref string problem)
        {
            if (!EntityTypes.TryParse(EntityType, out var type))
            {
                var cause = EntityType.Length == 0 ? "a filter has no \"entity-type\"" : $"there is no entity type \"{EntityType}\"";
                problem = $"{cause}; there are {string.Join(", ", EntityTypes.All.Select(x => x.WireName()))}";
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
            if (match.IsDefault) return null;
            var sources = ReadSources(Source, isStrict, ref problem);
            if (sources.IsDefault) return null;
            if (isStrict && (FilterCheck.ProblemOfKeys(Whole) ?? FilterCheck.ProblemOfMatch(type, Match)) is { } wrong)
            {
                problem = wrong;
                return null;
            }

            return new EntityEventFilter(type, operations.ToImmutable()) { Match = match, Sources = sources };
        }
    }
}
