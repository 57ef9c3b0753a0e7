namespace Garm.Log;

/// <summary>A place in the log, or its end. It identifies its history, so that a place of another history is detected.</summary>
/// <param name="Epoch">The history.</param>
/// <param name="Position">The last change before the place; <see cref="LogPosition.Origin"/> for the log's beginning.</param>
/// <param name="Chain">
/// The hash of all changes up to the place. It distinguishes two logs with the same epoch and position but other changes: a copy
/// was restored, and written to since.
/// </param>
public readonly record struct LogPlace(LogEpoch Epoch, LogPosition Position, LogChain Chain = default);
