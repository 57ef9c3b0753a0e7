using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>What a text of a connection with a cursor says.</summary>
/// <param name="Control">The kind of control frame; null for an event.</param>
/// <param name="Cursor">Everything up to here was sent; null when it says nothing of that.</param>
internal sealed record FeedFrame(string? Control, string? Cursor)
{
    /// <summary>The code of an error.</summary>
    public string? Code { get; init; }

    /// <summary>The words of an error.</summary>
    public string Message { get; init; } = "";

    /// <summary>The earliest cursor, when one is expired.</summary>
    public string? Earliest { get; init; }

    /// <summary>When to come back, if the node goes away.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the cursor that was asked for cannot be used.</summary>
    public bool RefusesCursor => Code is EventErrorCodes.CursorExpired or EventErrorCodes.CursorUnknown;

    /// <summary>Reads a text; null when it is neither an event nor a control frame.</summary>
    public static FeedFrame? Read(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject json) return null;
            var frame = new FeedFrame(TextOf(json, "control"), TextOf(json, "cursor"))
            {
                Code = TextOf(json, "code"),
                Message = TextOf(json, "message") ?? "",
                Earliest = TextOf(json, "earliest"),
                RetryAfter = json["retry-after-ms"] is JsonValue ms && ms.TryGetValue<long>(out var value) && value >= 0
                    ? TimeSpan.FromMilliseconds(value)
                    : null,
            };
            return frame.Control is null && !json.ContainsKey("entity-type") ? null : frame;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The options message with a place to begin.</summary>
    public static string Begin(string message, string cursor, TimeSpan heartbeat)
    {
        var json = JsonNode.Parse(message) as JsonObject
            ?? throw new ArgumentException("the options message must be a JSON object", nameof(message));
        json["cursor"] = cursor;
        json["heartbeat-seconds"] = (int)Math.Ceiling(heartbeat.TotalSeconds);
        return json.ToJsonString();
    }

    private static string? TextOf(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
