namespace Garm.Data.Writes;

/// <summary>Whether a write would work, as far as is known.</summary>
/// <param name="Obstacle">Why it would not, as a message for the operator; null when it would.</param>
/// <param name="NeedsTest">Whether that is known from too long ago, so that the caller is to make a test write.</param>
public readonly record struct WriteVerdict(string? Obstacle, bool NeedsTest);

/// <summary>
/// Knows from the last writes whether a write would work. After a failure, and when the last write is older than
/// <see cref="TrustFor"/>, a caller is asked to make a test write, at most once each <see cref="RetryEvery"/>; the failure counts until
/// a write has worked.
/// </summary>
public sealed class WriteHealth(TimeProvider clock)
{
    /// <summary>The least time between two tests while writes fail.</summary>
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

    /// <summary>A write failed, through the database's fault.</summary>
    /// <param name="obstacle">Why, as a message for the operator.</param>
    public void Failed(string obstacle)
    {
        lock (_gate) _obstacle = obstacle;
    }

    /// <summary>The verdict. A caller that is told that a test is needed must make it; the next callers are not told so again.</summary>
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
