namespace Garm.Actors.Reads;

/// <summary>How a failed database read is repeated, and how often that is worth a line in the log.</summary>
public sealed record RetryOptions
{
    /// <summary>
    /// The pause after the first failure; each further failure doubles it. Default 100 ms. Zero hammers a database that
    /// is down already; more than a second delays events after a short hiccup.
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause. Default 5 s: so long may events be late after the database is back.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take before the read counts as failed. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>While reads go on failing, a warning is logged this often (and at the first failure). Default 1 min.</summary>
    public TimeSpan WarnEvery { get; init; } = TimeSpan.FromMinutes(1);
}
