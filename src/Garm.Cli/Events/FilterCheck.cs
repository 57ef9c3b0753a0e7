using System.Text;
using System.Text.Json;
using Garm.Contracts.Events;

namespace Garm.Cli.Events;

/// <summary>
/// Checks an options message before connecting, because the server closes the connection without an explanation. The hub's own reader
/// decides; this class only finds the text of the error.
/// </summary>
internal static class FilterCheck
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>One line about what is wrong and what is accepted; null when the message is accepted.</summary>
    public static string? Complaint(string message)
    {
        var what = EventOptionsReader.Read(Encoding.UTF8.GetBytes(message), out _) switch
        {
            EventOptionsOutcome.Accepted => null,
            EventOptionsOutcome.Ignored => "it asks for no event at all",
            EventOptionsOutcome.Malformed => WhatIsMalformed(message),
            _ => WhatIsUnknown(message),
        };
        return what is null ? null : $"--filters: {what}; {Accepted}";
    }

    private static string Accepted { get; } =
        """accepted is {"send-everything": true} or {"filters": [{"entity-type": "<type>", "operations": ["<operation>"]}]} """
        + $"with the types {string.Join(", ", EntityTypes.All.Select(type => type.WireName()))} "
        + $"and the operations {string.Join(", ", ChangeOperations.All.Select(operation => operation.WireName()))} "
        + "(no operations: all of them)";

    private static string WhatIsMalformed(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? WrongType(document.RootElement)
                : "the message must be a JSON object";
        }
        catch (JsonException e)
        {
            return message.Trim() == "" ? "the message is empty" : $"this is not JSON: {e.Message.TrimEnd('.')}";
        }
    }

    private static string WrongType(JsonElement root)
    {
        if (Find(root, "send-everything") is { } flag && !Is(flag, JsonValueKind.True, JsonValueKind.False))
            return "'send-everything' must be true or false";
        if (Find(root, "filters") is not { } filters || !Is(filters, JsonValueKind.Array))
            return "'filters' must be a list of objects";
        foreach (var (number, filter) in filters.EnumerateArray().Index())
        {
            if (!Is(filter, JsonValueKind.Object)) return $"filter {number + 1} must be an object";
            if (filter.ValueKind != JsonValueKind.Object) continue;
            if (Find(filter, "entity-type") is { } type && !Is(type, JsonValueKind.String))
                return $"'entity-type' of filter {number + 1} must be text";
            if (Find(filter, "operations") is { } operations && !Is(operations, JsonValueKind.Array))
                return $"'operations' of filter {number + 1} must be a list of texts";
        }

        return "a value has the wrong JSON type";
    }

    private static string WhatIsUnknown(string message)
    {
        using var document = JsonDocument.Parse(message);
        foreach (var (number, filter) in Find(document.RootElement, "filters")!.Value.EnumerateArray().Index())
        {
            var type = Text(filter.ValueKind == JsonValueKind.Object ? Find(filter, "entity-type") : null);
            if (type == "") return $"filter {number + 1} has no 'entity-type'";
            if (!EntityTypes.TryParse(type, out _)) return $"filter {number + 1} has the unknown entity type '{type}'";
            if (Find(filter, "operations") is not { ValueKind: JsonValueKind.Array } operations) continue;
            foreach (var operation in operations.EnumerateArray().Select(value => Text(value)))
            {
                if (!ChangeOperations.TryParse(operation, out _))
                    return $"filter {number + 1} has the unknown operation '{operation}'";
            }
        }

        return "a filter is not valid";
    }

    private static string Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    // The reader takes null for 'not given' everywhere.
    private static bool Is(JsonElement value, params JsonValueKind[] kinds) =>
        value.ValueKind == JsonValueKind.Null || kinds.Contains(value.ValueKind);

    // As the reader: either spelling, in any case, and the last one counts.
    private static JsonElement? Find(JsonElement element, string name) => element.EnumerateObject()
        .Where(property => property.Name.Equals(name, AnyCase) || property.Name.Equals(name.Replace('-', '_'), AnyCase))
        .Select(property => (JsonElement?)property.Value)
        .LastOrDefault();
}
