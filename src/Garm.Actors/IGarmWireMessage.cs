namespace Garm.Actors;

/// <summary>Marks a message that leaves the node: only these are bound to the wire serializer, and each has a manifest there.</summary>
public interface IGarmWireMessage;
