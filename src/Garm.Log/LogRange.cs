namespace Garm.Log;

/// <summary>The extent of the log: everything after <paramref name="Earliest"/> up to <paramref name="Last"/>.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Earliest">
/// The earliest place to resume from: the one before the oldest change that retention has kept. Equal to
/// <paramref name="Last"/> when the log is empty.
/// </param>
/// <param name="Last">The place of the newest change.</param>
public readonly record struct LogRange(LogEpoch Epoch, LogPosition Earliest, LogPosition Last)
{
    /// <summary>The chain at <see cref="Last"/>.</summary>
    public LogChain Chain { get; init; }

    /// <summary>The chain at <see cref="Earliest"/>.</summary>
    public LogChain EarliestChain { get; init; }

    /// <summary>The end.</summary>
    public LogPlace Head => new(Epoch, Last, Chain);

    /// <summary>The beginning.</summary>
    public LogPlace Start => new(Epoch, Earliest, EarliestChain);
}
