using System.Collections.Immutable;
using Garm.Data.Entities;
using Garm.Data.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.ChangeLog;

/// <summary>Writes the log rows of a unit of work, in its transaction, and tells of the commit when it is done.</summary>
public sealed class ChangeRecorder(DatabaseEngine engine, TimeProvider clock, ICommitListener listener)
{
    private readonly ChangeLogAppender _appender = new(engine);

    /// <summary>Saves with the log rows; nothing is stored when anything fails.</summary>
    /// <param name="db">The context to be saved.</param>
    /// <param name="save">Writes the entities' rows.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>The number of rows, and what was logged; null when nothing watched was changed.</returns>
    internal async Task<(int Rows, ChangeBatch? Commit)> SaveAsync(
        GarmDbContext db, Func<Task<int>> save, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not null)
            throw new NotSupportedException("one SaveChangesAsync is one transaction: begin none by hand");

        var pending = PendingChanges.Of(db.ChangeTracker, clock.UtcNow());
        if (pending.Count == 0 && !db.ChangeTracker.HasChanges()) return (0, null);

        TextLengths.Check(db.ChangeTracker);
        using var span = ChangeLogTelemetry.StartCommit();
        db.Database.AutoSavepointsEnabled = false;
        var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using var disposal = transaction.ConfigureAwait(false);
        var drafts = new List<ChangeDraft>(pending.Count);

        foreach (var change in pending.Where(x => x.IsDeletion))
            await change.LoadAsync(cancellation).ConfigureAwait(false);
        var rows = await save().ConfigureAwait(false);
        foreach (var change in pending)
            drafts.Add(await change.DraftAsync(cancellation).ConfigureAwait(false));

        var batch = drafts.Count == 0
            ? null
            : await _appender.AppendAsync(db, Guid.NewGuid(), [.. drafts], clock.UtcNow(), cancellation).ConfigureAwait(false);
        // Not given up for a client that goes away just now: a commit is told of, or did not happen.
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);

        // Only now is it history: a listener that hears of it earlier could show what a crash takes back.
        if (batch is null) return (rows, null);
        ChangeLogTelemetry.KeepTrace(span, batch);
        listener.Committed(batch);
        ChangeLogTelemetry.OnCommitted(batch);
        return (rows, batch);
    }
}
