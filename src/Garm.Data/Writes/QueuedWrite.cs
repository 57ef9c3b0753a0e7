using Garm.Data.Retries;
using Garm.Data.Telemetry;

namespace Garm.Data.Writes;

/// <summary>An attempt of a write that waits for its turn in <see cref="GroupCommit"/>.</summary>
internal abstract class QueuedWrite(AttemptTime time)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;

    // The statements of a write belong to its request's trace, whichever thread runs them.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly long _asked = ChangeLogTelemetry.Timestamp();
    private int _state = Waiting;

    /// <summary>How long each of its statements may take.</summary>
    public TimeSpan Longest => Time.Length;

    /// <summary>The limit of its wait, and of its statements.</summary>
    protected AttemptTime Time { get; } = time;

    /// <summary>Takes it out of the queue; false when its time was over before.</summary>
    public bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting) return false;
        ChangeLogTelemetry.TurnTaken(_asked);
        return true;
    }

    /// <summary>Leaves the queue, because its time is over; false when it was taken before: then it may be stored, and only the database ends it.</summary>
    protected bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

    /// <summary>Reads, changes and writes on the context; the commit is not made yet.</summary>
    public Task<StagedSave> StageAsync(GarmDbContext db)
    {
        if (_context is null) return WriteAsync(db);
        Task<StagedSave>? staging = null;
        ExecutionContext.Run(_context, _ => staging = WriteAsync(db), null);
        return staging!;
    }

    /// <summary>Runs in the execution context of its request.</summary>
    public void Run(Action action)
    {
        if (_context is null) action();
        else ExecutionContext.Run(_context, _ => action(), null);
    }

    /// <summary>The attempt failed.</summary>
    public abstract void Fail(Exception reason);

    /// <summary>What it wrote was committed.</summary>
    public abstract void Succeed();

    /// <inheritdoc cref="StageAsync"/>
    protected abstract Task<StagedSave> WriteAsync(GarmDbContext db);
}

/// <inheritdoc/>
/// <param name="stage">Reads, changes and writes.</param>
/// <param name="time">The limit of its wait, and of its statements.</param>
internal sealed class QueuedWrite<T>(Func<GarmDbContext, Task<(StagedSave Saved, T Result)>> stage, AttemptTime time) : QueuedWrite(time)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>The result, after the commit.</summary>
    public async Task<T> AnswerAsync()
    {
        if (_answer.Task.IsCompleted) return await _answer.Task.ConfigureAwait(false);
        using var end = Time.Token.UnsafeRegister(static x => ((QueuedWrite<T>)x!).Abandon(), this);
        return await _answer.Task.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override void Fail(Exception reason) => _answer.TrySetException(reason);

    /// <inheritdoc />
    public override void Succeed() => _answer.TrySetResult(_result!);

    /// <inheritdoc />
    protected override async Task<StagedSave> WriteAsync(GarmDbContext db)
    {
        var (saved, result) = await stage(db).ConfigureAwait(false);
        _result = result;
        return saved;
    }

    private void Abandon()
    {
        if (TryAbandon()) _answer.TrySetCanceled(Time.Token);
    }
}
