namespace Garm.Actors.Changes;

/// <summary>
/// When the relay pauses between two fan-outs, so that the events of the pause go out as one batch. A write to a socket costs
/// about ten times what one more event in it costs: with a thousand clients and hundreds of events a second, pauses save a third
/// of the hub's processor time. Rare events never wait.
/// </summary>
public sealed record FanOutBatching
{
    /// <summary>
    /// How many changes have to arrive during a fan-out before the relay pauses after it. Default 4. With 1 a single event is
    /// enough; a very large number turns pauses off.
    /// </summary>
    public int MinChanges { get; init; } = 4;

    /// <summary>The estimated time of the fan-out for one subscriber, over all threads. Default 10 µs, measured on two busy processors.</summary>
    public TimeSpan CostPerSubscriber { get; init; } = TimeSpan.FromMicroseconds(10);

    /// <summary>
    /// The pause as a multiple of the fan-out's time; both begin together. Default 6: a sixth of the time is spent on writing.
    /// </summary>
    public int PauseFactor { get; init; } = 6;

    /// <summary>Shorter pauses are left out. Default 30 ms, so a fan-out to fewer than 500 subscribers never pauses.</summary>
    public TimeSpan MinPause { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The longest pause. Default 100 ms.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The pause after a fan-out; zero for none.</summary>
    /// <param name="changes">How many changes the fan-out sent.</param>
    /// <param name="told">How many subscribers it sent them to.</param>
    /// <param name="paused">
    /// The pause before it; zero for none. A pause alone collects more events than <see cref="MinChanges"/> at rates at which none
    /// is needed, and would go on forever, so the limit rises with its length.
    /// </param>
    public TimeSpan PauseAfter(int changes, int told, TimeSpan paused)
    {
        var work = CostPerSubscriber * told;
        var pause = work * PauseFactor;
        if (pause < MinPause || changes < MinChanges * Math.Max(1, paused / work)) return TimeSpan.Zero;
        return pause > MaxPause ? MaxPause : pause;
    }
}
