using Akka.Actor;
using Garm.Actors.Reads;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Lets the log be pruned, one batch at a time: at once again while there is more, later when there is not, or when the
/// database did not answer. Each node has one; the lease in the database lets one of them do it.
/// </summary>
public sealed class RetentionActor(IChangeLogPruner pruner, RetentionOptions options) : UntypedActor, IWithTimers
{
    private const string DueKey = "due";

    private LatestRead _prune = null!;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="pruner">Takes a batch.</param>
    /// <param name="options">Settings.</param>
    public static Props Props(IChangeLogPruner pruner, RetentionOptions options) =>
        Akka.Actor.Props.Create(() => new RetentionActor(pruner, options));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _prune = new LatestRead(
            Context, Timers, "The change log", options.Retry, failing: "cannot be pruned", recovered: "is pruned again");
        Plan(options.Interval);
    }

    /// <inheritdoc />
    protected override void PostStop() => _prune.Cancel();

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PruneDue:
                var log = pruner;
                _prune.Start(log.PruneAsync);
                break;
            case ReadDone<bool> done when _prune.Ends(done):
                Plan(done.Result ? options.Breath : options.Interval);
                break;
            case ReadFailed failed when _prune.Ends(failed):
                Plan(options.Interval);
                break;
            case IReadEnd: // One that was given up.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Plan(TimeSpan delay) => Timers.StartSingleTimer(DueKey, new PruneDue(), delay);

    private sealed record PruneDue : IPrivateNote;
}

/// <summary>Settings of <see cref="RetentionActor"/>.</summary>
public sealed record RetentionOptions
{
    /// <summary>The pause before the log is looked at again for what need not be kept. Default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two batches, for the writers to get in. Default 20 ms.</summary>
    public TimeSpan Breath { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How failures are told of, and how long a batch may take.</summary>
    public RetryOptions Retry { get; init; } = new();
}
