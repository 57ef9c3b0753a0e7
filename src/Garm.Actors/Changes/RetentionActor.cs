using Akka.Actor;
using Garm.Actors.Reads;
using Garm.Log;

namespace Garm.Actors.Changes;

/// <summary>
/// Prunes the log in batches: after a short pause while there is more to prune, else after <see cref="RetentionOptions.Interval"/>.
/// Every node has one; the lease in the database lets one of them prune.
/// </summary>
public sealed class RetentionActor(IChangeLogPruner pruner, RetentionOptions options) : UntypedActor, IWithTimers
{
    private const string DueKey = "due";

    private LatestRead _prune = null!;

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The props of the actor.</summary>
    /// <param name="pruner">Prunes one batch; true when there may be more.</param>
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
                Plan(done.Result ? options.BatchPause : options.Interval);
                break;
            case ReadFailed failed when _prune.Ends(failed):
                Plan(options.Interval);
                break;
            case IReadEnd: // From a batch that timed out.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Plan(TimeSpan delay) => Timers.StartSingleTimer(DueKey, new PruneDue(), delay);

    private sealed record PruneDue : IPrivateMessage;
}

/// <summary>Settings of <see cref="RetentionActor"/>.</summary>
public sealed record RetentionOptions
{
    /// <summary>The pause when nothing is left to prune. Default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two batches, in which writers get the lock. Default 20 ms.</summary>
    public TimeSpan BatchPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a batch may take, and how often a failure is logged.</summary>
    public RetryOptions Retry { get; init; } = new();
}
