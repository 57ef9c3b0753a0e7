namespace Garm.Data.Retries;

/// <summary>Limits of the retries of a unit of work.</summary>
public sealed record WriteRetryOptions
{
    /// <summary>
    /// How often a unit of work starts over because others changed its rows or took its names first; then it is refused with 409.
    /// Default 40: of eight writers that do nothing but change one row, some lose a dozen times, and for each further time a third
    /// fewer. Takes under a second.
    /// </summary>
    public int Conflicts { get; init; } = 40;

    /// <summary>
    /// How long a database that does not answer, or rolls back by itself, is asked again: from the beginning of the first attempt
    /// that failed, with the time that attempts wait for a connection or an answer. Default 15 s: long enough for a restart, and
    /// shorter than most clients wait for an answer.
    /// </summary>
    public TimeSpan FaultsFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause after the first fault, doubled by each further one. Default 20 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest pause. Default 1 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The error when the database did not answer in all that time.</summary>
    /// <param name="last">How the last attempt ended.</param>
    internal TimeoutException NoAnswer(Exception last) => new($"the database did not answer for {FaultsFor.TotalSeconds:0.#} s", last);
}
