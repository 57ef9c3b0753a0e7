namespace Garm.Client.Events;

/// <summary>The pauses between a feed's attempts: jittered, because many clients lose the same node at the same moment.</summary>
/// <param name="first">The longest pause after the first failure.</param>
/// <param name="longest">The longest pause there is.</param>
internal sealed class FeedPauses(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    /// <summary>A connection worked, so the pauses begin again.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The next pause; <paramref name="random"/> is from 0 to 1.</summary>
    public TimeSpan Next(double random)
    {
        var most = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30)), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * (_failures == 1 ? random : 0.5 + (random / 2)));
    }
}
