using System.Text.Json.Nodes;

namespace Garm.Contracts.Events.Schema;

/// <summary>
/// The JSON Schema (2020-12) of the event socket's text messages. The root accepts every message of the hub; the definitions
/// <c>client-message</c>, <c>event</c>, <c>cursor-event</c>, <c>snapshot-row</c> and <c>control</c> are for one kind of message each.
/// </summary>
public static class EventSchema
{
    private static readonly string[] Choices = ["now", "earliest", "snapshot"];

    /// <summary>Builds the schema.</summary>
    public static JsonObject Create()
    {
        var shapes = new JsonShapes();
        var definitions = new JsonObject
        {
            ["client-message"] = ClientMessage(),
            ["filter"] = Filter(),
            ["event"] = Event(shapes, hasCursor: false),
            ["cursor-event"] = Event(shapes, hasCursor: true),
            ["snapshot-row"] = new JsonObject { ["oneOf"] = new JsonArray([.. EntityTypes.All.Select(type => SnapshotRow(shapes, type))]) },
            ["control"] = new JsonObject { ["oneOf"] = new JsonArray([.. Controls()]) },
        };
        foreach (var (name, shape) in shapes.All) definitions[name] = shape;
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Garm's event socket",
            ["description"] = "A text message that the hub sends. Clients without a cursor get events only; the last word before such a connection is closed for a bad message is plain text.",
            ["oneOf"] = References("event", "cursor-event", "snapshot-row", "control"),
            ["$defs"] = definitions,
        };
    }

    private static JsonObject ClientMessage() => new()
    {
        ["description"] = "What clients send; GARM's older notation (send_everything, entity_type) is understood too.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["send-everything"] = Of("boolean"),
            ["source"] = TextOrTexts(),
            ["filters"] = new JsonObject { ["type"] = "array", ["items"] = JsonShapes.Reference("filter") },
            ["cursor"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["examples"] = Names(Choices) },
            ["on-expired"] = Constant("snapshot"),
            ["heartbeat-seconds"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 3600 },
            ["token"] = Of("string"),
        },
    };

    private static JsonObject Filter()
    {
        var scalar = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") };
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["entity-type"] = OneOf(EntityTypes.All.Select(x => x.WireName())),
                ["operations"] = new JsonObject { ["type"] = "array", ["items"] = OneOf(Operations()) },
                ["match"] = new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = new JsonObject
                    {
                        ["anyOf"] = new JsonArray(
                            scalar.DeepClone(),
                            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = scalar }),
                    },
                },
                ["source"] = TextOrTexts(),
            },
            ["required"] = new JsonArray("entity-type"),
        };
    }

    private static JsonObject Event(JsonShapes shapes, bool hasCursor) => new()
    {
        ["oneOf"] = new JsonArray([.. EntityTypes.All.Select(type => Event(shapes, type, hasCursor))]),
    };

    private static JsonObject Event(JsonShapes shapes, EntityType type, bool hasCursor)
    {
        var properties = new JsonObject
        {
            ["entity-type"] = Constant(type.WireName()),
            ["operation"] = OneOf(Operations()),
            ["payload"] = shapes.Of(EventPayloads.Of(type)),
        };
        if (!hasCursor) return Closed(properties);
        (properties["cursor"], properties["committed-at"]) = (Of("string"), Time());
        return Closed(properties, ("left", Constant(true)), ("entered", Constant(true)), ("source", Of("string")));
    }

    private static JsonObject SnapshotRow(JsonShapes shapes, EntityType type) => Closed(
        new JsonObject
        {
            ["entity-type"] = Constant(type.WireName()),
            ["operation"] = Constant("snapshot"),
            ["payload"] = shapes.Of(EventPayloads.Of(type)),
        },
        ("source", Of("string")));

    private static IEnumerable<JsonNode> Controls()
    {
        yield return Control("caught-up", ("cursor", Of("string")));
        yield return Control("snapshot-begin");
        yield return Control("snapshot-begin", ("reason", OneOf([EventErrorCodes.CursorExpired, EventErrorCodes.CursorUnknown])));
        yield return Control("snapshot-end", ("cursor", Of("string")), ("count", new JsonObject { ["type"] = "integer", ["minimum"] = 0 }));
        yield return Control("heartbeat", ("cursor", Of("string")));
        yield return Control("token-expiring", ("expires-at", Time()));
        yield return Control("token-renewed", ("expires-at", Time()));
        yield return Control("going-away", ("cursor", Optional()), ("retry-after-ms", new JsonObject { ["type"] = "integer", ["minimum"] = 0 }));
        foreach (var code in EventErrorCodes.All)
        {
            yield return code switch
            {
                EventErrorCodes.CursorExpired => Error(code, ("earliest", Of("string"))),
                EventErrorCodes.SlowConsumer or EventErrorCodes.SessionEnded => Error(code, ("cursor", Optional())),
                _ => Error(code),
            };
        }
    }

    private static JsonObject Error(string code, params (string Name, JsonObject Shape)[] more) =>
        Control("error", [("code", Constant(code)), ("message", Of("string")), .. more]);

    private static JsonObject Control(string name, params (string Name, JsonObject Shape)[] fields)
    {
        var properties = new JsonObject { ["control"] = Constant(name) };
        foreach (var (field, shape) in fields) properties[field] = shape;
        return Closed(properties);
    }

    /// <summary>An object with these properties, all of them required except nullable ones and the optional ones.</summary>
    private static JsonObject Closed(JsonObject properties, params (string Name, JsonObject Shape)[] optional)
    {
        var required = Names(properties.Where(x => x.Value!["type"] is not JsonArray).Select(x => x.Key));
        foreach (var (name, shape) in optional) properties[name] = shape;
        return new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonObject Optional() => new() { ["type"] = new JsonArray("string", "null") };

    private static JsonObject Time() => new() { ["type"] = "string", ["format"] = "date-time" };

    private static JsonObject TextOrTexts() => new()
    {
        ["anyOf"] = new JsonArray(Of("string"), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Of("string") }),
    };

    private static JsonObject Constant(JsonNode value) => new() { ["const"] = value };

    private static JsonObject OneOf(IEnumerable<string> names) => new() { ["enum"] = Names(names) };

    private static IEnumerable<string> Operations() => Enum.GetValues<ChangeOperation>().Select(x => x.WireName());

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(x => (JsonNode)x)]);

    private static JsonArray References(params string[] names) => new([.. names.Select(JsonShapes.Reference)]);
}
