using System.Collections.Immutable;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Secrets;
using Garm.Data.Telemetry;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>Writes the log rows of a unit of work, in its transaction, and tells of the commit when it is done.</summary>
/// <param name="engine">The engine that the contexts are on.</param>
/// <param name="clock">Stamps what is saved.</param>
/// <param name="listener">Is told of commits.</param>
/// <param name="sealer">Seals the secrets that are saved; null where none are.</param>
public sealed class ChangeRecorder(DatabaseEngine engine, TimeProvider clock, ICommitListener listener, SecretSealer? sealer = null)
{
    /// <summary>The engine that the contexts are on.</summary>
    internal DatabaseEngine Engine => engine;

    /// <summary>For the writes that lost a conflict.</summary>
    internal LosersTurn LosersTurn { get; } = new();

    /// <summary>Hears how each save ended.</summary>
    internal WriteHealth Health { get; } = new(clock);

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

        // Contexts come from a pool: what one save left there is not the next one's. Ids are by time, so that the log's index
        // grows at its end.
        var commitId = db.CommitId ?? Guid.CreateVersion7();
        (db.CommitId, db.CommitAttempt) = (null, null);
        var rules = db.Rules.Take();

        // Found once: each look at the tracker would compare every entity with its snapshot again.
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var pending = PendingChanges.Of(db.ChangeTracker, clock.UtcNow());
            if (pending.Count == 0 && !db.ChangeTracker.HasChanges()) return (0, null);
            TextLengths.Check(db.ChangeTracker);
            StoredTimes.Set(db.ChangeTracker);
            if (sealer is not null && SealedColumn.IsWritten(db.ChangeTracker))
                rules = [.. rules, () => SecretKeys.RequireActiveAsync(db, sealer.KeyId, cancellation)];
            var saved = await SaveAsync(db, save, commitId, pending, rules, cancellation).ConfigureAwait(false);
            Health.Worked();
            return saved;
        }
        catch (Exception e) when (IsFaultOfTheDatabase(e))
        {
            Health.Failed(engine.WriteObstacleOf(e)?.Words() ?? "the database does not take them");
            throw;
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private bool IsFaultOfTheDatabase(Exception exception)
    {
        if (exception is DbUpdateConcurrencyException || engine.IsUniqueViolation(exception) || engine.IsForeignKeyViolation(exception))
            return false;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is GarmException or OperationCanceledException) return false;
            if (cause is System.Data.Common.DbException) return true;
        }

        return false;
    }

    private async Task<(int Rows, ChangeBatch? Commit)> SaveAsync(
        GarmDbContext db, Func<Task<int>> save, Guid commitId, IReadOnlyList<PendingChange> pending, IReadOnlyList<Func<Task>> rules,
        CancellationToken cancellation)
    {
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

        await CommitRules.EnforceAsync(engine, db, rules, cancellation).ConfigureAwait(false);
        var batch = await CommitAsync(db, transaction, commitId, [.. drafts], cancellation).ConfigureAwait(false);

        // Only now is it history: a listener that hears of it earlier could show what a crash takes back.
        if (batch is null) return (rows, null);
        ChangeLogTelemetry.KeepTrace(span, batch);
        listener.Committed(batch);
        ChangeLogTelemetry.OnCommitted(batch);
        return (rows, batch);
    }

    /// <summary>Looks a commit up that was attempted and not answered; tells of it when it is there.</summary>
    /// <returns>What was logged; null when it was not committed.</returns>
    internal async Task<ChangeBatch?> RecoverAsync(GarmDbContext db, Guid commitId, CancellationToken cancellation)
    {
        var rows = await db.ChangeLog.AsNoTracking()
            .Where(x => x.CommitId == commitId).OrderBy(x => x.CommitIndex)
            .ToListAsync(cancellation).ConfigureAwait(false);
        if (rows.Count == 0) return null;

        var head = await db.ChangeLogHeads.AsNoTracking().SingleAsync(cancellation).ConfigureAwait(false);
        var batch = new ChangeBatch(new LogEpoch(head.Epoch), commitId, [.. rows.Select(ChangeLogReader.ToChange)]);
        listener.Committed(batch);
        return batch;
    }

    private async Task<ChangeBatch?> CommitAsync(
        GarmDbContext db, IDbContextTransaction transaction, Guid commitId, ImmutableArray<ChangeDraft> drafts,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ChangeBatch? batch = null;
        if (drafts.Length > 0)
        {
            if (engine.AppendCommits) db.CommitAttempt = drafts;
            batch = await _appender.AppendAsync(db, commitId, drafts, clock.UtcNow(), cancellation).ConfigureAwait(false);
            if (engine.AppendCommits) return batch;
        }

        // Not given up for a client that goes away just now: a commit is told of, or did not happen.
        db.CommitAttempt = drafts;
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return batch;
    }
}
