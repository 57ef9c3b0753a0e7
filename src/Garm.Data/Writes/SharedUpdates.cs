using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>
/// Commits the updates of single rows by units of work that run at the same time in one transaction: most of the cost of the log's append is
/// per transaction. Each unit has read on its own connection; the first one's connection makes the transaction. Every update keeps its own
/// commit id, log row and chain.
/// </summary>
/// <remarks>
/// An update whose row is locked or has another version is left out; its unit finds the conflict, or saves alone and waits for the lock.
/// So transactions that update the same rows in different orders do not deadlock. While a transaction has rows locked, it waits only for the
/// log's head, and for another transaction that is taking the same unique name.
/// </remarks>
public sealed class SharedUpdates(DatabaseEngine engine, TimeProvider clock)
{
    private readonly ChangeLogAppender _appender = new(engine);
    private readonly Lock _gate = new();
    private readonly List<QueuedUpdate> _waiting = [];
    private bool _isRunning;

    /// <summary>The number of updates that wait for a transaction.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Stores an update and its log row.</summary>
    /// <returns>
    /// What was logged; null when the update was left out, or the transaction was refused because of another update. Then nothing is stored.
    /// </returns>
    /// <exception cref="DbUpdateConcurrencyException">Another update changed the row first.</exception>
    /// <exception cref="CommitUnansweredException">The commit failed, and may nevertheless be stored.</exception>
    internal Task<ChangeBatch?> CommitAsync(QueuedUpdate update)
    {
        lock (_gate) _waiting.Add(update);
        StartNext();
        return update.AnswerAsync();
    }

    private void StartNext()
    {
        List<QueuedUpdate> updates;
        lock (_gate)
        {
            if (_isRunning) return;
            updates = Take();
            if (updates.Count == 0) return;
            _isRunning = true;
        }

        // The statements belong to the trace of the first one's request.
        _ = updates[0].RunAsync(() => RunAsync(new SharedTransaction(engine, _appender, updates)));
    }

    // One update of each row: another one is based on the version that the first one replaces.
    private List<QueuedUpdate> Take()
    {
        var taken = new List<QueuedUpdate>();
        _waiting.RemoveAll(update =>
        {
            if (taken.Count == engine.MaxSharedUpdates || taken.Exists(update.IsOfSameRow)) return false;
            if (update.TryTake()) taken.Add(update);
            return true;
        });
        return taken;
    }

    private async Task RunAsync(SharedTransaction transaction)
    {
        try
        {
            await transaction.UpdateAsync().ConfigureAwait(false);
            await transaction.CommitAsync(clock.UtcNow()).ConfigureAwait(false);
            transaction.Answer();
            if (transaction.IsCommitted) RefuseOlder(transaction.Updated);
        }
        catch (Exception e)
        {
            await transaction.UndoAsync(e).ConfigureAwait(false);
        }

        lock (_gate) _isRunning = false;
        StartNext();
    }

    // Those that read before this commit would find the conflict in the next transaction; now they start over at once.
    private void RefuseOlder(List<QueuedUpdate> updated)
    {
        List<QueuedUpdate> older;
        lock (_gate)
        {
            older = _waiting.FindAll(x => updated.Exists(x.IsOlderThan) && x.TryTake());
            _waiting.RemoveAll(older.Contains);
        }

        foreach (var update in older) update.Fail(RowUpdates.Conflict());
    }
}
