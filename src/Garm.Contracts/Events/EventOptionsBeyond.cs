using System.Text.Json;

namespace Garm.Contracts.Events;

/// <summary>The fields of a client's message that GARM does not have.</summary>
/// <param name="Options">The fields; null without any.</param>
/// <param name="Problem">Why one of them is invalid, for people; null when all are valid.</param>
internal readonly record struct EventOptionsBeyond(EventOptions? Options, string? Problem)
{
    private const int LongestHeartbeat = 3600;

    /// <param name="root">The message.</param>
    /// <param name="cursorMode">Whether the client has asked for a cursor before.</param>
    public static EventOptionsBeyond Read(JsonElement root, bool cursorMode)
    {
        var options = EventOptions.Nothing;
        string? problem = null;
        foreach (var property in root.EnumerateObject())
        {
            var value = property.Value;
            if (value.ValueKind == JsonValueKind.Null) continue;
            switch (property.Name)
            {
                case "cursor" when value.ValueKind == JsonValueKind.String:
                    options = options with { Cursor = value.GetString() };
                    break;
                case "cursor":
                    options = options with { Cursor = "" };
                    problem ??= "\"cursor\" must be \"now\", \"earliest\" or a cursor as text";
                    break;
                case "heartbeat-seconds" when value.ValueKind == JsonValueKind.Number
                    && value.TryGetInt32(out var seconds) && seconds is >= 0 and <= LongestHeartbeat:
                    options = options with { HeartbeatSeconds = seconds };
                    break;
                case "heartbeat-seconds":
                    problem ??= $"\"heartbeat-seconds\" must be a whole number from 0 (none) to {LongestHeartbeat}";
                    break;
                case "token" when value.ValueKind == JsonValueKind.String:
                    options = options with { Token = value.GetString() };
                    break;
                case "token":
                    options = options with { Token = "" }; // No token is good, so that it is refused like any that is not.
                    break;
            }
        }

        // A client of GARM's may send anything under these names but a cursor: to it they mean nothing.
        if (options.Cursor is null && !cursorMode) problem = null;
        return new EventOptionsBeyond(options == EventOptions.Nothing ? null : options, problem);
    }
}
