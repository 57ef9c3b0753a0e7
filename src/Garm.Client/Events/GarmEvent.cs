using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Garm.Client.Events;

/// <summary>An event. Type and operation are text, so that values of a newer server reach the reader too.</summary>
/// <param name="EntityType">E.g. <c>instance</c>.</param>
/// <param name="Operation"><c>create</c>, <c>update</c>, <c>delete</c>, or <c>snapshot</c> for a row of a snapshot.</param>
/// <param name="Payload">The entity as the REST API returns it; for a deletion often little more than its id.</param>
public sealed record GarmEvent(string EntityType, string Operation, JsonElement Payload)
{
    /// <summary>The name of the entity's source; empty for the hub itself.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether the entity matched the filter before this update and no longer matches.</summary>
    public bool Left { get; init; }

    /// <summary>Whether the entity did not match the filter before this update and matches now.</summary>
    public bool Entered { get; init; }

    /// <summary>Parses an event's text; false when it is not an event.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GarmEvent? garmEvent)
    {
        garmEvent = null;
        try
        {
            using var document = EventText.Parse(text);
            garmEvent = EventText.EventOf(document.RootElement);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
