namespace Garm.Data.Retries;

/// <summary>Limits of the retries of a unit of work.</summary>
public sealed record WriteRetryOptions
{
    /// <summary>
    /// How often a unit of work starts over because other writes changed its rows or took its names first; then it is refused with 409.
    /// Default 40, which takes under a second: of eight writers that do nothing but change one row, some lose a dozen times, and each
    /// further loss is a third less frequent.
    /// </summary>
    public int Conflicts { get; init; } = 40;

    /// <summary>
    /// How long the hub retries while the database does not answer or rolls back by itself: from the beginning of the first attempt
    /// that failed, including the time that attempts wait for a connection or an answer. Default 15 s: long enough for a restart, and
    /// shorter than most clients wait for an answer.
    /// </summary>
    public TimeSpan FaultsFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause after the first fault, doubled by each further one. Default 20 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest pause. Default 1 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The error when the database did not answer in that time.</summary>
    /// <param name="last">The failure of the last attempt.</param>
    internal TimeoutException NoAnswer(Exception last) => new($"the database did not answer for {FaultsFor.TotalSeconds:0.#} s", last);
}
