using Garm.Actors.Reads;

namespace Garm.Actors.Changes;

/// <summary>Settings of <see cref="ChangeRelayActor"/>.</summary>
public sealed record ChangeRelayOptions
{
    /// <summary>
    /// The dispatcher of the relay; null for Akka's default. The sessions' own dispatcher lets the relay's next turn come
    /// after theirs, so that what is committed meanwhile goes out together.
    /// </summary>
    public string? Dispatcher { get; init; }

    /// <summary>
    /// The pause between two looks at the log's head, which find what the mediator lost. Default 500 ms, so that a lost
    /// event is late by less than a second. Shorter asks the database more often; longer delays lost events as much.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a gap may last before the log is asked. Default 20 ms: two commits of one moment often arrive swapped,
    /// and the missing one is on its way. Zero reads the log at once for every swap; a second delays what was truly lost.
    /// </summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Most changes read from the log in one go. Default 500. One is slow after a long gap; 100,000 is a burst of memory.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// Most changes held back while an earlier one is missing. Default 10,000. What comes beyond it is dropped and read
    /// from the log instead: zero costs reads, never events.
    /// </summary>
    public int MaxHeldChanges { get; init; } = 10_000;

    /// <summary>How many recent changes stay in memory. Default 10,000; zero keeps none.</summary>
    public int RecentChanges { get; init; } = 10_000;

    /// <summary>How many bytes of recent payloads stay in memory; the frames that sessions need of them come on top, at most
    /// twice as much. Default 16 MiB; zero keeps none.</summary>
    public long RecentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>When the relay pauses so that events go out as batches.</summary>
    public FanOutBatching Batching { get; init; } = new();

    /// <summary>The pause between two attempts to subscribe to the mediator. Default 1 s.</summary>
    public TimeSpan MediatorRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What happens when the log cannot be read.</summary>
    public RetryOptions Retry { get; init; } = new();
}
