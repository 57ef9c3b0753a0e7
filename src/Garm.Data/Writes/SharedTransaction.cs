using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>A transaction of <see cref="SharedUpdates"/>: its steps, in this order.</summary>
/// <param name="engine">The engine.</param>
/// <param name="appender">Appends the log rows.</param>
/// <param name="updates">The updates, of different rows. The transaction is made on the first one's connection.</param>
internal sealed class SharedTransaction(DatabaseEngine engine, ChangeLogAppender appender, List<QueuedUpdate> updates)
{
    private IDbContextTransaction? _transaction;
    private IReadOnlyList<ChangeBatch> _batches = [];
    private Exception? _fault;

    /// <summary>The updates whose rows are updated.</summary>
    public List<QueuedUpdate> Updated { get; private set; } = [];

    /// <summary>Whether the commit was answered.</summary>
    public bool IsCommitted => _batches.Count > 0;

    private GarmDbContext Db => updates[0].Db;

    /// <summary>Updates the rows.</summary>
    public async Task UpdateAsync()
    {
        Db.Database.AutoSavepointsEnabled = false;
        _transaction = await Db.Database.BeginTransactionAsync().ConfigureAwait(false);
        var rows = await engine.UpdateAsync(
            _transaction.GetDbTransaction(), [.. updates.Select(x => x.Row)], Db.Database.GetCommandTimeout(), CancellationToken.None)
            .ConfigureAwait(false);
        foreach (var (update, row) in updates.Zip(rows)) update.Tried(row);
        Updated = updates.FindAll(x => x.IsUpdated);
    }

    /// <summary>Appends the log rows and commits. Throws nothing: <see cref="Answer"/> reports a failure.</summary>
    public async Task CommitAsync(DateTime now)
    {
        try
        {
            if (Updated.Count > 0)
            {
                _batches = await appender.AppendUpdatesAsync(
                    Db, [.. Updated.Select(x => (x.CommitId, x.Draft))], now, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _fault = e;
        }

        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Answers each update after the commit.</summary>
    public void Answer()
    {
        for (var i = 0; i < Updated.Count; i++)
        {
            if (_fault is null) Updated[i].Succeed(_batches[i]);
            else Updated[i].Fail(new CommitUnansweredException([Updated[i].Draft], _fault));
        }

        foreach (var update in updates)
        {
            if (!update.IsUpdated) update.LeaveOut();
        }
    }

    /// <summary>Undoes a failed <see cref="UpdateAsync"/> and answers each update: nothing is stored.</summary>
    public async Task UndoAsync(Exception reason)
    {
        await EndAsync().ConfigureAwait(false);
        foreach (var update in updates)
        {
            // A constraint refuses one of several: alone, each of them gets its own answer.
            if (updates.Count > 1 && !engine.IsTransient(reason) && !engine.IsCancellation(reason)) update.LeaveOut();
            else update.Fail(reason);
        }
    }

    // Before the answers, because the first update's connection is its unit's again after its answer.
    private async Task EndAsync()
    {
        try
        {
            if (_transaction is not null) await _transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The connection is broken, and the pool drops it. The answer to the commit says what became of the transaction.
        }
    }
}
