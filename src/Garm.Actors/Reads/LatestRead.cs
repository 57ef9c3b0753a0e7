using Akka.Actor;
using Akka.Event;

namespace Garm.Actors.Reads;

/// <summary>
/// One database read of an actor at a time: the result comes to the actor as <see cref="ReadDone{T}"/> or
/// <see cref="ReadFailed"/>. A further read supersedes the one before, whose result is then no longer
/// <see cref="Ends">the one waited for</see>. The timeout is a timer of the actor: a reader that never answers, and
/// ignores its token too, must not end the polling. Failures are told to the operator here: the first one, then now and
/// then, and their end.
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

    /// <summary>How long to wait after the last failure before the next try; zero after a good read.</summary>
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

    /// <summary>Whether this is the end of the read that is waited for; if so, none is any more.</summary>
    public bool Ends(IReadEnd end)
    {
        if (end.Number != _number || _cancellation is null) return false;
        Cancel();
        if (end is ReadFailed failed) OnFailed(failed.Cause);
        else OnDone();
        return true;
    }

    /// <summary>Gives up the read, if there is one.</summary>
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
        // As loud as the failure was: whoever saw that one must see its end.
        if (_failures.Recover() is > 0 and var failures) _log.Warning("{0} {1} after {2} failures", subject, recovered, failures);
    }

    // A reader that throws before its first await fails the task like any other, not the actor.
    private static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        await read(cancellation).ConfigureAwait(false);
}

/// <summary>The end of a numbered read.</summary>
internal interface IReadEnd : IPrivateMessage
{
    long Number { get; }
}

/// <summary>The read brought this.</summary>
internal sealed record ReadDone<T>(long Number, T Result) : IReadEnd;

/// <summary>The read failed, or took too long.</summary>
internal sealed record ReadFailed(long Number, Exception Cause) : IReadEnd;
