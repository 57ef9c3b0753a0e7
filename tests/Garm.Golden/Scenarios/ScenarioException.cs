namespace Garm.Golden.Scenarios;

/// <summary>A scenario cannot continue: a value is missing, a socket is not open, or an event socket was refused.</summary>
public sealed class ScenarioException(string message) : Exception(message);
