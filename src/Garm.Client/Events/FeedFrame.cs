using System.Text.Json;
using System.Text.Json.Nodes;
using Garm.Contracts.Events;

namespace Garm.Client.Events;

/// <summary>A parsed text of a connection with a cursor.</summary>
/// <param name="Control">The kind of control frame; null for an event.</param>
/// <param name="Cursor">The cursor up to which everything was sent; null without one.</param>
internal sealed record FeedFrame(string? Control, string? Cursor)
{
    /// <summary>The code of an error.</summary>
    public string? Code { get; init; }

    /// <summary>The message of an error.</summary>
    public string Message { get; init; } = "";

    /// <summary>Why a snapshot begins in place of the events after a cursor; null when it was asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>The earliest cursor, for an expired one.</summary>
    public string? Earliest { get; init; }

    /// <summary>The pause before the reconnect, when the node stops.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the requested cursor cannot be used.</summary>
    public bool RefusesCursor => Code is EventErrorCodes.CursorExpired or EventErrorCodes.CursorUnknown;

    /// <summary>The event; null in a control frame.</summary>
    public GarmEvent? Event { get; init; }

    /// <summary>Reads a text.</summary>
    /// <exception cref="InvalidDataException">It is neither an event nor a control frame; the message says why.</exception>
    public static FeedFrame Read(string text)
    {
        using var document = EventText.Parse(text);
        var json = document.RootElement;
        var control = TextOf(json, "control");
        return new FeedFrame(control, TextOf(json, "cursor"))
        {
            Event = control is null ? EventText.EventOf(json) : null,
            Code = TextOf(json, "code"),
            Message = TextOf(json, "message") ?? "",
            Reason = TextOf(json, "reason"),
            Earliest = TextOf(json, "earliest"),
            RetryAfter = json.TryGetProperty("retry-after-ms", out var ms) && ms.ValueKind == JsonValueKind.Number
                && ms.TryGetInt64(out var value) && value is >= 0 and <= int.MaxValue
                ? TimeSpan.FromMilliseconds(value)
                : null,
        };
    }

    /// <summary>The options message with a cursor to begin at.</summary>
    public static string Begin(string message, string cursor, TimeSpan heartbeat)
    {
        var json = JsonNode.Parse(message) as JsonObject
            ?? throw new ArgumentException("the options message must be a JSON object", nameof(message));
        json["cursor"] = cursor;
        json["heartbeat-seconds"] = (int)Math.Ceiling(heartbeat.TotalSeconds);
        return json.ToJsonString();
    }

    private static string? TextOf(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? EventText.TextOf(value, key) : null;
}
