namespace Garm.Data.Writes;

/// <summary>Whether a write is expected to work.</summary>
/// <param name="Obstacle">Why it would not work, as a message for the operator; null when it would.</param>
/// <param name="NeedsTest">Whether the last write is too old, so that the caller has to make a test write.</param>
public readonly record struct WriteVerdict(string? Obstacle, bool NeedsTest);

/// <summary>
/// Judges from the last writes whether a write would work. After a failure, and when the last write is older than
/// <see cref="TrustFor"/>, one caller has to make a test write, at most once each <see cref="RetryEvery"/>; the failure stands until
/// a write has worked.
/// </summary>
public sealed class WriteHealth(TimeProvider clock)
{
    /// <summary>The minimum time between two tests while writes fail.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long after a write that worked the next one is expected to work.</summary>
    public static readonly TimeSpan TrustFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _worked;
    private long? _tested;
    private string? _obstacle;

    /// <summary>A write was committed.</summary>
    public void Worked()
    {
        lock (_gate) (_worked, _obstacle) = (clock.GetTimestamp(), null);
    }

    /// <summary>A write failed because of the database.</summary>
    /// <param name="obstacle">Why, as a message for the operator.</param>
    public void Failed(string obstacle)
    {
        lock (_gate) _obstacle = obstacle;
    }

    /// <summary>The current state. A caller that gets <c>NeedsTest</c> must make the test; the next callers do not get it.</summary>
    public WriteVerdict Ask()
    {
        lock (_gate)
        {
            var needsTest = _obstacle is not null ? IsOlder(_tested, RetryEvery) : IsOlder(_worked, TrustFor) && IsOlder(_tested, RetryEvery);
            if (needsTest) _tested = clock.GetTimestamp();
            return new WriteVerdict(_obstacle, needsTest);
        }
    }

    private bool IsOlder(long? timestamp, TimeSpan age) => timestamp is not { } then || clock.GetElapsedTime(then) >= age;
}
