using Garm.Data.Retries;
using Garm.Data.Telemetry;

namespace Garm.Data.Writes;

/// <summary>The wait of a write in a queue, of which it is taken, or which it leaves, but not both.</summary>
internal sealed class WriteTurn(AttemptTime time)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;

    // The statements of a write belong to its request's trace, whichever thread runs them.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly long _asked = ChangeLogTelemetry.Timestamp();
    private int _state = Waiting;

    /// <summary>The limit of its wait, and of its statements.</summary>
    public AttemptTime Time { get; } = time;

    /// <summary>Takes it out of the queue; false when its time was over before.</summary>
    public bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting) return false;
        ChangeLogTelemetry.TurnTaken(_asked);
        return true;
    }

    /// <summary>Leaves the queue, because its time is over; false when it was taken before: then it may be stored, and only the database ends it.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

    /// <summary>Waits for the answer, or for the end of its time while it is in the queue.</summary>
    /// <param name="answer">The answer; cancelled when it leaves the queue.</param>
    public async Task<T> AnswerAsync<T>(TaskCompletionSource<T> answer)
    {
        if (answer.Task.IsCompleted) return await answer.Task.ConfigureAwait(false);
        using var end = Time.Token.UnsafeRegister(
            _ =>
            {
                if (TryAbandon()) answer.TrySetCanceled(Time.Token);
            },
            null);
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Runs in the execution context of its request.</summary>
    public void Run(Action action)
    {
        if (_context is null) action();
        else ExecutionContext.Run(_context, _ => action(), null);
    }

    /// <inheritdoc cref="Run(Action)"/>
    public TTask RunAsync<TTask>(Func<TTask> action)
        where TTask : Task
    {
        if (_context is null) return action();
        TTask? running = null;
        ExecutionContext.Run(_context, _ => running = action(), null);
        return running!;
    }
}
