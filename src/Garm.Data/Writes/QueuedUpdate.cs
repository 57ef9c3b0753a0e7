using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Data.States;
using Garm.Log;

namespace Garm.Data.Writes;

/// <summary>The update of one row that waits in <see cref="SharedUpdates"/>.</summary>
/// <param name="db">The unit of work's context, with an open connection and without a transaction; not used by the unit until the answer.</param>
/// <param name="row">The update.</param>
/// <param name="commitId">The unit's commit.</param>
/// <param name="draft">Its log row, without the former values.</param>
/// <param name="report">Called after the commit, in the order of the log, in the execution context of the request.</param>
/// <param name="time">The limit of its wait.</param>
internal sealed class QueuedUpdate(
    GarmDbContext db, RowUpdate row, Guid commitId, ChangeDraft draft, Action<ChangeBatch> report, AttemptTime time)
{
    private readonly TaskCompletionSource<ChangeBatch?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriteTurn _turn = new(time);

    /// <inheritdoc cref="QueuedUpdate" path="/param[@name='db']"/>
    public GarmDbContext Db => db;

    /// <inheritdoc cref="QueuedUpdate" path="/param[@name='row']"/>
    public RowUpdate Row => row;

    /// <inheritdoc cref="QueuedUpdate" path="/param[@name='commitId']"/>
    public Guid CommitId => commitId;

    /// <summary>Its log row.</summary>
    public ChangeDraft Draft { get; private set; } = draft;

    /// <summary>Whether the row was updated.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>Whether both update the same row.</summary>
    public bool IsOfSameRow(QueuedUpdate other) => row.Table == other.Row.Table && Equals(row.Key.Value, other.Row.Key.Value);

    /// <summary>Whether it is based on a version of the same row that the other one has replaced.</summary>
    public bool IsOlderThan(QueuedUpdate other) => IsOfSameRow(other) && row.ReadVersion <= other.Row.ReadVersion;

    /// <inheritdoc cref="WriteTurn.TryTake"/>
    public bool TryTake() => _turn.TryTake();

    /// <summary>Runs in the execution context of its request.</summary>
    public Task RunAsync(Func<Task> action) => _turn.RunAsync(action);

    /// <summary>What was logged, after the commit; null when the update was left out.</summary>
    public Task<ChangeBatch?> AnswerAsync() => _turn.AnswerAsync(_answer);

    /// <summary>The update was tried; adds the former values to the log row.</summary>
    public void Tried(UpdatedRow result)
    {
        IsUpdated = result.IsUpdated;
        if (result.FormerState is { } former) Draft = Draft with { Before = FieldChanges.Of(former, Draft.Payload) };
    }

    /// <summary>It is committed.</summary>
    public void Succeed(ChangeBatch batch)
    {
        try
        {
            _turn.Run(() => report(batch));
            _answer.TrySetResult(batch);
        }
        catch (Exception e)
        {
            _answer.TrySetException(e); // The others are answered nevertheless.
        }
    }

    /// <summary>It failed.</summary>
    public void Fail(Exception reason) => _answer.TrySetException(reason);

    /// <summary>Nothing is stored, and its unit of work has to save alone.</summary>
    public void LeaveOut() => _answer.TrySetResult(null);
}
