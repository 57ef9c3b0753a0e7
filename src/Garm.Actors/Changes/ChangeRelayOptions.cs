using Garm.Actors.Reads;

namespace Garm.Actors.Changes;

/// <summary>Settings of <see cref="ChangeRelayActor"/>.</summary>
public sealed record ChangeRelayOptions
{
    /// <summary>
    /// The dispatcher of the relay; null for Akka's default. On the sessions' dispatcher the relay's next turn comes after theirs, so
    /// commits in between go out as one batch.
    /// </summary>
    public string? Dispatcher { get; init; }

    /// <summary>
    /// The pause between two reads of the log's head, which find what the mediator lost. Default 500 ms: a lost event is late by less
    /// than a second. A shorter pause causes more reads; a longer one delays lost events.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a gap may last before the log is read. Default 20 ms: simultaneous commits often arrive swapped. Zero reads the log for
    /// every swap; a second delays changes that are lost.
    /// </summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Most changes of one read of the log. Default 500. Fewer are slow after a long gap; more take more memory.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// Most changes held while an earlier one is missing. Default 10,000. Further ones are dropped and read from the log, so that zero
    /// causes more reads but loses nothing.
    /// </summary>
    public int MaxHeldChanges { get; init; } = 10_000;

    /// <summary>Most recent changes in memory. Default 10,000; zero keeps none.</summary>
    public int RecentChanges { get; init; } = 10_000;

    /// <summary>
    /// Most bytes of payloads of recent changes in memory. Default 16 MiB; zero keeps none. Their frames take up to twice as much in
    /// addition.
    /// </summary>
    public long RecentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>When the relay pauses so that events go out as batches.</summary>
    public FanOutBatching Batching { get; init; } = new();

    /// <summary>The pause between two attempts to subscribe to the mediator. Default 1 s.</summary>
    public TimeSpan MediatorRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How a failed read of the log is repeated.</summary>
    public RetryOptions Retry { get; init; } = new();
}
