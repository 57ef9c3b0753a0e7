namespace Garm.Client.Events;

/// <summary>An event and its place.</summary>
/// <param name="Text">As it was received.</param>
/// <param name="Event">What happened.</param>
/// <param name="Cursor">Whoever keeps it with what he made of the event goes on from here: everything up to it was read.</param>
public sealed record FeedEvent(string Text, GarmEvent Event, string Cursor);
