namespace Garm.Actors.Reads;

/// <summary>Failures in a row: how long to wait after each, and which of them to tell the operator.</summary>
internal sealed class ReadBackoff(RetryOptions options)
{
    private DateTimeOffset _warnedAt;

    /// <summary>How many reads failed since the last good one.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a failure; returns the pause before the next try and whether to warn.</summary>
    public (TimeSpan Delay, bool Warn) Fail(DateTimeOffset now)
    {
        var warn = Count == 0 || now - _warnedAt >= options.WarnEvery;
        if (warn) _warnedAt = now;

        // The exponent is capped before it is used: 2^63 ticks of pause would come out negative.
        var factor = Math.Pow(2, Math.Min(Count, 30));
        Count++;
        var delay = options.FirstDelay * factor;
        return (delay < options.LongestDelay ? delay : options.LongestDelay, warn);
    }

    /// <summary>Notes a good read; returns how many failures it ended.</summary>
    public int Recover()
    {
        var ended = Count;
        Count = 0;
        return ended;
    }
}
