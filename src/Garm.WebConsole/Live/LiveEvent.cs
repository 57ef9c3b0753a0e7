using System.Globalization;
using System.Text.Json;
using Garm.Contracts.Events;
using Garm.WebConsole.Fleet;
using Garm.WebConsole.Parts;

namespace Garm.WebConsole.Live;

/// <summary>An event as live pages list it.</summary>
/// <param name="Type">The wire name of the entity's type.</param>
/// <param name="Operation">The wire name of what happened.</param>
/// <param name="Source">Where it is from; empty for the hub itself.</param>
/// <param name="Move"><c>entered</c>, <c>left</c>, or nothing.</param>
/// <param name="Cursor">Its place in the log.</param>
/// <param name="CommittedAt">UTC.</param>
/// <param name="Id">The entity's id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="State">Its state, where it has one.</param>
public sealed record LiveEvent(
    string Type, string Operation, string Source, string Move, string Cursor, DateTime CommittedAt, string Id, string Name,
    string State)
{
    /// <summary>
    /// Its row as <c>events.js</c> reads it: a JSON array of the cursor, the time of its commit, the operation and its colour, the move, the type,
    /// the source, the name and the state, all texts.
    /// </summary>
    public string Row { get; } = JsonSerializer.Serialize<string[]>(
    [
        Cursor, CommittedAt.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), Operation, Tones.OfOperation(Operation), Move, Type,
        Source.Length == 0 ? "this hub" : Source, Name, State,
    ]);
}

/// <summary>A line of the stream: an event, or what the hub says besides.</summary>
internal abstract record LiveLine
{
    public sealed record OfEvent(LiveEvent Event) : LiveLine;

    /// <summary>A control frame.</summary>
    /// <param name="Name">Which.</param>
    /// <param name="Message">What it says to people; most say nothing.</param>
    public sealed record OfControl(string Name, string Message) : LiveLine;

    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8 JSON.</param>
    public static LiveLine Read(ReadOnlyMemory<byte> line)
    {
        using var frame = PayloadReader.Parse(line);
        var root = frame.RootElement;
        if (PayloadReader.Text(root, "control") is { Length: > 0 } control) return new OfControl(control, PayloadReader.Text(root, "message"));

        var payload = root.GetProperty("payload");
        return new OfEvent(new LiveEvent(
            PayloadReader.Text(root, "entity-type"),
            PayloadReader.Text(root, "operation"),
            PayloadReader.Text(root, "source"),
            root.TryGetProperty("left", out _) ? "left" : root.TryGetProperty("entered", out _) ? "entered" : "",
            PayloadReader.Text(root, "cursor"),
            PayloadReader.Time(root, "committed-at"),
            PayloadReader.Text(payload, "id") is { Length: > 0 } id ? id : PayloadReader.Text(payload, "name"),
            EntityNames.Of(payload),
            EntityNames.StateOf(payload)));
    }
}
