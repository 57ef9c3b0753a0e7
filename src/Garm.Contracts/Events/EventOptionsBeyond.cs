using System.Text.Json;

namespace Garm.Contracts.Events;

/// <summary>The fields of a client's message that GARM does not have.</summary>
/// <param name="Options">The fields; null without any.</param>
/// <param name="Problem">Why one of them is invalid, as a message; null when all are valid.</param>
internal readonly record struct EventOptionsBeyond(EventOptions? Options, string? Problem)
{
    private const int LongestHeartbeat = 3600;

    /// <param name="root">The message.</param>
    /// <param name="cursorMode">Whether the client has sent a cursor before.</param>
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
                    problem ??= "\"cursor\" must be \"now\", \"earliest\", \"snapshot\" or a cursor as text";
                    break;
                case "on-expired" when value.ValueKind == JsonValueKind.String && value.ValueEquals("snapshot"):
                    options = options with { SnapshotOnExpired = true };
                    break;
                case "on-expired":
                    problem ??= "\"on-expired\" must be \"snapshot\", or left out";
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
                    options = options with { Token = "" }; // The empty token is refused like any other invalid one.
                    break;
            }
        }

        // A plain client of GARM may send any value under these names except cursor, because GARM ignores them.
        if (options.Cursor is null && !cursorMode) problem = null;
        return new EventOptionsBeyond(options == EventOptions.Nothing ? null : options, problem);
    }
}
