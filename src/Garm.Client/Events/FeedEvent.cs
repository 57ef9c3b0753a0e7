namespace Garm.Client.Events;

/// <summary>An event and its cursor.</summary>
/// <param name="Text">As it was received.</param>
/// <param name="Event">The parsed event.</param>
/// <param name="Cursor">The cursor to resume from. Store it together with the effect of the event.</param>
public sealed record FeedEvent(string Text, GarmEvent Event, string Cursor);
