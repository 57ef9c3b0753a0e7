using Garm.Data.Retries;

namespace Garm.Data.Writes;

/// <summary>An attempt of a write that waits for its turn in <see cref="GroupCommit"/>.</summary>
internal abstract class QueuedWrite(AttemptTime time)
{
    /// <summary>Its wait.</summary>
    public WriteTurn Turn { get; } = new(time);

    /// <summary>Reads, changes and writes on the context; the commit is not made yet.</summary>
    public Task<StagedSave> StageAsync(GarmDbContext db) => Turn.RunAsync(() => WriteAsync(db));

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
    public Task<T> AnswerAsync() => Turn.AnswerAsync(_answer);

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
}
