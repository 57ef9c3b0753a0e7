namespace Garm.Actors.Reads;

/// <summary>Exponential backoff after failed reads, and which failures to log.</summary>
internal sealed class ReadBackoff(RetryOptions options)
{
    private DateTimeOffset _warnedAt;

    /// <summary>The number of failures since the last success.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a failure; returns the pause before the next attempt and whether to log a warning.</summary>
    public (TimeSpan Delay, bool Warn) Fail(DateTimeOffset now)
    {
        var warn = Count == 0 || now - _warnedAt >= options.WarnEvery;
        if (warn) _warnedAt = now;

        // A larger exponent would overflow the pause.
        var factor = Math.Pow(2, Math.Min(Count, 30));
        Count++;
        var delay = options.FirstDelay * factor;
        return (delay < options.LongestDelay ? delay : options.LongestDelay, warn);
    }

    /// <summary>Notes a success; returns the number of failures before it.</summary>
    public int Recover()
    {
        var ended = Count;
        Count = 0;
        return ended;
    }
}
