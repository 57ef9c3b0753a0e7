namespace Garm.Actors.Changes;

/// <summary>
/// When the relay rests between two fan-outs, so that events gather and go out together. A write to a socket costs some ten
/// times what an event in it costs: to a thousand clients at hundreds of events a second, a rest gives a third of the hub's
/// processor time back, to the writers above all. Rare events never wait.
/// </summary>
public sealed record Gathering
{
    /// <summary>
    /// How many changes must gather by themselves, while the sessions work, before the relay rests. Default 4. At 1 a lone
    /// event is enough; a very large number switches resting off.
    /// </summary>
    public int From { get; init; } = 4;

    /// <summary>
    /// How long the fan-out takes for each subscriber that is told, with all its threads. Default 10 µs, about what it takes on two
    /// processors that do something else besides.
    /// </summary>
    public TimeSpan PerSubscriber { get; init; } = TimeSpan.FromMicroseconds(10);

    /// <summary>
    /// How many times as long as the fan-out the rest is, which begins with it. Default 6: a sixth of the time goes into writing.
    /// </summary>
    public int Times { get; init; } = 6;

    /// <summary>A shorter rest is none. Default 30 ms: so a fan-out to fewer than 500 never rests.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The longest rest, whoever is told. Default 100 ms.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The rest after a fan-out; zero for none.</summary>
    /// <param name="changes">How many changes went out together.</param>
    /// <param name="told">How many subscribers were told.</param>
    /// <param name="rested">
    /// The rest in which they gathered; zero when they gathered by themselves. A rest alone would make enough of fewer events,
    /// and never end, so it asks for as many more as it is longer than the fan-out.
    /// </param>
    public TimeSpan RestAfter(int changes, int told, TimeSpan rested)
    {
        var work = PerSubscriber * told;
        var rest = work * Times;
        if (rest < Shortest || changes < From * Math.Max(1, rested / work)) return TimeSpan.Zero;
        return rest > Longest ? Longest : rest;
    }
}
