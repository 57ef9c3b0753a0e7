using System.Text.Json;
using Garm.Log;

namespace Garm.Faults.Tests.Loads;

/// <summary>A frame of the cursor mode.</summary>
/// <param name="Control">The kind of control frame; null for an event.</param>
/// <param name="Code">The code of an error.</param>
/// <param name="Name">The name of an event's entity.</param>
/// <param name="Cursor">The cursor; an error has none.</param>
/// <param name="Earliest">The earliest cursor, for an expired one.</param>
internal sealed record CursorFrame(string? Control, string? Code, string? Name, string? Cursor, string? Earliest)
{
    /// <summary>A short text: the entity's name, or the kind of control frame.</summary>
    public string Summary => Name ?? (Code is null ? Control! : $"{Control} {Code}");

    /// <summary>The parsed cursor.</summary>
    public LogPlace Place => PlaceOf(Cursor);

    /// <summary>Parses a cursor.</summary>
    public static LogPlace PlaceOf(string? cursor) => cursor is not null && EventCursor.TryDecode(cursor, out var place)
        ? place
        : throw new FormatException($"\"{cursor}\" is no cursor");

    /// <summary>Parses a frame.</summary>
    public static CursorFrame Read(string text)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(text);
        return new CursorFrame(
            Text(json, "control"),
            Text(json, "code"),
            json.TryGetProperty("payload", out var payload) ? Text(payload, "name") : null,
            Text(json, "cursor"),
            Text(json, "earliest"));
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
