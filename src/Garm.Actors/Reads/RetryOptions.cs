namespace Garm.Actors.Reads;

/// <summary>How a failed database read is repeated and logged.</summary>
public sealed record RetryOptions
{
    /// <summary>
    /// The pause after the first failure; each further failure doubles it. Default 100 ms. Zero retries without a pause; more than a
    /// second delays events after a short failure.
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause. Default 5 s, which is how late events may be after the database is back.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The timeout of a read. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two warnings while reads keep failing; the first failure is always logged. Default 1 min.</summary>
    public TimeSpan WarnEvery { get; init; } = TimeSpan.FromMinutes(1);
}
