namespace Garm.Actors.Changes;

/// <summary>
/// When the relay rests between two fan-outs, so that events gather and go out together. A write to a socket costs some ten
/// times what an event in it costs: to thousands of clients at hundreds of events a second, a short rest gives a fifth to a
/// third of the hub's processor time back, and nothing is later than it would be behind that work. Rare events never wait.
/// </summary>
public sealed record Gathering
{
    /// <summary>
    /// How many changes must have gathered by themselves, while the sessions worked, before the relay rests. Default 4. At 1 it
    /// rests after every event; a very large number switches resting off.
    /// </summary>
    public int From { get; init; } = 4;

    /// <summary>The rest for each subscriber that was told. Default 20 µs, about what the write to its socket takes.</summary>
    public TimeSpan PerSubscriber { get; init; } = TimeSpan.FromMicroseconds(20);

    /// <summary>
    /// A shorter rest is none. Default 10 ms, the step of Akka's scheduler: so a fan-out to fewer than 500 never rests.
    /// </summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest rest, whoever is told. Default 50 ms.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The rest after a fan-out; zero for none.</summary>
    /// <param name="changes">How many changes went out together.</param>
    /// <param name="told">How many subscribers were told.</param>
    public TimeSpan RestAfter(int changes, int told)
    {
        if (changes < From) return TimeSpan.Zero;
        var rest = PerSubscriber * told;
        return rest < Shortest ? TimeSpan.Zero : rest > Longest ? Longest : rest;
    }
}
