namespace Garm.Log;

/// <summary>How much of the log is kept. Changes beyond either limit are deleted.</summary>
/// <param name="For">How long a change stays.</param>
/// <param name="Count">How many changes stay at most; 0 for no limit.</param>
public sealed record Retention(TimeSpan For, long Count);
