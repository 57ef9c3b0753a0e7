using Akka.Actor;
using Akka.Event;

namespace Garm.Actors.Reads;

/// <summary>
/// Runs one database read of an actor at a time; the result comes as <see cref="ReadDone{T}"/> or <see cref="ReadFailed"/>. A new read
/// replaces the current one, whose result <see cref="Ends"/> then rejects. The timeout is a timer of the actor, so that it works
/// even for a reader that ignores its token. Logs the first failure, further ones at intervals, and the recovery.
/// </summary>
internal sealed class LatestRead(
    IActorContext context, ITimerScheduler timers, string subject, RetryOptions options,
    string failing = "cannot be read", string recovered = "is read again")
{
    private const string TimeoutKey = "read-timeout";

    private readonly ILoggingAdapter _log = context.GetLogger();
    private readonly ITimeProvider _time = context.System.Scheduler;
    private readonly IActorRef _owner = context.Self;
    private readonly ReadBackoff _failures = new(options);
    private CancellationTokenSource? _cancellation;
    private long _number;

    /// <summary>The pause before the next attempt; zero after a success.</summary>
    public TimeSpan Pause { get; private set; }

    public void Start<T>(Func<CancellationToken, Task<T>> read)
    {
        Cancel();
        var number = _number;
        var cancellation = _cancellation = new CancellationTokenSource();
        var tooLate = new ReadFailed(number, new TimeoutException("The read took too long."));
        timers.StartSingleTimer(TimeoutKey, tooLate, options.ReadTimeout);
        RunAsync(read, cancellation.Token).PipeTo(
            _owner,
            success: result => new ReadDone<T>(number, result),
            failure: cause => new ReadFailed(number, cause));
    }

    /// <summary>Whether this is the result of the current read, which it then ends.</summary>
    public bool Ends(IReadEnd end)
    {
        if (end.Number != _number || _cancellation is null) return false;
        Cancel();
        if (end is ReadFailed failed) OnFailed(failed.Cause);
        else OnDone();
        return true;
    }

    /// <summary>Cancels the current read, if there is one.</summary>
    public void Cancel()
    {
        _number++;
        timers.Cancel(TimeoutKey);
        _cancellation?.Cancel();
        _cancellation?.Dispose();
        _cancellation = null;
    }

    private void OnFailed(Exception cause)
    {
        (Pause, var warn) = _failures.Fail(_time.Now);
        if (warn) _log.Warning(cause, "{0} {1} ({2} failures in a row)", subject, failing, _failures.Count);
    }

    private void OnDone()
    {
        Pause = TimeSpan.Zero;
        // At the level of the failure, so that a log that shows the failure also shows its end.
        if (_failures.Recover() is > 0 and var failures) _log.Warning("{0} {1} after {2} failures", subject, recovered, failures);
    }

    // An exception before the first await fails the task and not the actor.
    private static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        await read(cancellation).ConfigureAwait(false);
}

/// <summary>The result of a read, with the read's number.</summary>
internal interface IReadEnd : IPrivateMessage
{
    long Number { get; }
}

/// <summary>The read succeeded.</summary>
internal sealed record ReadDone<T>(long Number, T Result) : IReadEnd;

/// <summary>The read failed or timed out.</summary>
internal sealed record ReadFailed(long Number, Exception Cause) : IReadEnd;
