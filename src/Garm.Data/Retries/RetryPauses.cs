namespace Garm.Data.Retries;

/// <summary>Why a unit of work has to start over.</summary>
internal enum RetryReason
{
    /// <summary>Another write changed its rows or took its names first.</summary>
    Conflict,

    /// <summary>The database did not answer, or rolled back by itself.</summary>
    Fault,
}

/// <summary>
/// The pauses of one unit of work, and how long each attempt may wait for the database. They are jittered, so that writers that
/// deadlocked or lost the same server do not collide again. They are bounded: from the beginning of the first attempt that failed
/// because of a fault, at most <see cref="WriteRetryOptions.FaultsFor"/> passes, including the attempts.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="clock">Measures how long the faults last.</param>
/// <param name="random">From 0 to 1; scales a pause between its half and its whole.</param>
internal sealed class RetryPauses(WriteRetryOptions options, TimeProvider clock, Func<double> random)
{
    private int _conflicts;
    private int _faults;
    private long _firstFault;
    private long? _attempt;

    /// <summary>An attempt begins; returns how long it may wait for the database.</summary>
    public TimeSpan Begin()
    {
        _attempt = clock.GetTimestamp();
        return _faults == 0 ? options.FaultsFor : Left();
    }

    /// <summary>The pause before the next attempt; null when there is no further attempt.</summary>
    public TimeSpan? Next(RetryReason reason) => reason == RetryReason.Conflict ? NextAfterConflict() : NextAfterFault();

    // The first conflict needs no pause: the next attempt reads the rows that won. The database answered, so earlier faults have
    // ended.
    private TimeSpan? NextAfterConflict()
    {
        _faults = 0;
        return ++_conflicts > options.Conflicts ? null : Jittered(TimeSpan.FromMilliseconds(Math.Min(2 * (_conflicts - 1), 20)));
    }

    private TimeSpan? NextAfterFault()
    {
        if (_faults++ == 0) _firstFault = _attempt ?? clock.GetTimestamp();
        var pause = Jittered(TimeSpan.FromMilliseconds(Math.Min(
            options.FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(_faults - 1, 30)), options.LongestPause.TotalMilliseconds)));

        // An attempt without time left would fail for that reason alone.
        return pause < Left() ? pause : null;
    }

    private TimeSpan Left() => options.FaultsFor - clock.GetElapsedTime(_firstFault);

    private TimeSpan Jittered(TimeSpan pause) => pause * (0.5 + (random() / 2));
}
