using System.Text.Json;
using Garm.Log;

namespace Garm.Faults.Tests.Loads;

/// <summary>A frame of the cursor mode.</summary>
/// <param name="Control">Null for an event.</param>
/// <param name="Code">Of an error.</param>
/// <param name="Name">Of the entity of an event.</param>
/// <param name="Cursor">Where the stream is after it; an error has none.</param>
/// <param name="Earliest">Where an expired client may begin.</param>
internal sealed record CursorFrame(string? Control, string? Code, string? Name, string? Cursor, string? Earliest)
{
    /// <summary>A word or two: the entity's name, or what the hub says.</summary>
    public string Summary => Name ?? (Code is null ? Control! : $"{Control} {Code}");

    /// <summary>The cursor, read.</summary>
    public LogPlace Place => PlaceOf(Cursor);

    /// <summary>Reads a cursor.</summary>
    public static LogPlace PlaceOf(string? cursor) => cursor is not null && EventCursor.TryDecode(cursor, out var place)
        ? place
        : throw new FormatException($"\"{cursor}\" is no cursor");

    /// <summary>Reads one.</summary>
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
