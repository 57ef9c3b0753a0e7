namespace Garm.Data.Writes;

/// <summary>What is known of whether a write would work.</summary>
/// <param name="Obstacle">Why not, for people; null when it would, as far as is known.</param>
/// <param name="NeedsTest">Whether what is known is too old, so that a test write is wanted.</param>
public readonly record struct WriteVerdict(string? Obstacle, bool NeedsTest);

/// <summary>
/// Whether a write would work, told by the last ones. A failure counts until a write has worked; who asks is then given a test
/// to make, at most one each <see cref="RetryEvery"/>. Where nobody has written for <see cref="TrustFor"/>, a test is due too.
/// </summary>
public sealed class WriteHealth(TimeProvider clock)
{
    /// <summary>The least time between two tests while writes fail.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long a write that worked says that the next one will.</summary>
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
    /// <param name="obstacle">Why, for people.</param>
    public void Failed(string obstacle)
    {
        lock (_gate) _obstacle = obstacle;
    }

    /// <summary>What is known. Who is told that a test is needed makes it, and nobody else is told so meanwhile.</summary>
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
