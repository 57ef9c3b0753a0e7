namespace Garm.Log;

/// <summary>A place in the log, the end included. It says which history it belongs to, so that a place in another one is recognised.</summary>
/// <param name="Epoch">The history.</param>
/// <param name="Position">The last change before the place; <see cref="LogPosition.Origin"/> for the log's beginning.</param>
/// <param name="Chain">
/// Stands for all changes up to the place. It tells two logs apart that have the same epoch and position but other changes: a copy
/// that was restored, and written to since.
/// </param>
public readonly record struct LogPlace(LogEpoch Epoch, LogPosition Position, LogChain Chain = default);
