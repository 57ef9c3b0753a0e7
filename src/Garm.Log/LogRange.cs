namespace Garm.Log;

/// <summary>What the log holds: everything after <paramref name="Earliest"/> up to <paramref name="Last"/>.</summary>
/// <param name="Epoch">The current history.</param>
/// <param name="Earliest">
/// The earliest place to resume from: the one before the oldest change that retention has left. Equal to
/// <paramref name="Last"/> when the log is empty.
/// </param>
/// <param name="Last">The place of the newest change.</param>
public readonly record struct LogRange(LogEpoch Epoch, LogPosition Earliest, LogPosition Last)
{
    /// <summary>Of <see cref="Last"/>.</summary>
    public LogChain Chain { get; init; }

    /// <summary>Of <see cref="Earliest"/>.</summary>
    public LogChain EarliestChain { get; init; }

    /// <summary>Where it ends.</summary>
    public LogPlace Head => new(Epoch, Last, Chain);

    /// <summary>Where it begins.</summary>
    public LogPlace Start => new(Epoch, Earliest, EarliestChain);
}
