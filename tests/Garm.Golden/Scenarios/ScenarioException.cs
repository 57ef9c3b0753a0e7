namespace Garm.Golden.Scenarios;

/// <summary>A scenario cannot go on: a value is missing, a socket is not open, an event socket was refused.</summary>
public sealed class ScenarioException(string message) : Exception(message);
