using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Secrets;
using Garm.Data.States;
using Garm.Data.Telemetry;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>Saves a context with the log rows of its changes, in one transaction, and reports the commit.</summary>
/// <param name="engine">The engine of the contexts.</param>
/// <param name="clock">The clock for the stored times.</param>
/// <param name="listener">Receives the commits.</param>
/// <param name="health">Receives the result of each save.</param>
/// <param name="sealer">Encrypted the secrets that are saved; null for none.</param>
public sealed class ChangeRecorder(
    DatabaseEngine engine, TimeProvider clock, ICommitListener listener, WriteHealth health, SecretSealer? sealer = null)
{
    private readonly ChangeLogAppender _appender = new(engine);

    /// <summary>Saves with the log rows; nothing is stored when anything fails.</summary>
    /// <param name="db">The context to save.</param>
    /// <param name="request">The commit's id and rules.</param>
    /// <param name="save">Writes the entities' rows.</param>
    /// <param name="cancellation">Cancels the save before the commit.</param>
    /// <exception cref="CommitUnansweredException">The save failed at its commit, which may nevertheless be stored.</exception>
    internal async Task<SaveOutcome> SaveAsync(
        GarmDbContext db, SaveRequest request, Func<Task<int>> save, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not null)
            throw new NotSupportedException("SaveChangesAsync begins the transaction itself: do not begin one by hand");

        var saved = await DetectedAsync(
            db, request, pending => SaveAsync(db, request, save, pending, cancellation), cancellation).ConfigureAwait(false);
        if (saved is null) return new SaveOutcome(0, null);
        health.Worked();
        return saved;
    }

    /// <summary>
    /// Writes the rows and the log rows, and leaves the commit to the caller, who calls <see cref="Report"/> after it. Begins the
    /// transaction unless the context is in one. When it fails, the transaction is as it was before, or over.
    /// </summary>
    /// <inheritdoc cref="SaveAsync(GarmDbContext, SaveRequest, Func{Task{int}}, CancellationToken)" path="/param"/>
    /// <exception cref="TransactionLostException">The whole transaction was rolled back.</exception>
    internal async Task<StagedSave> StageAsync(
        GarmDbContext db, SaveRequest request, Func<Task<int>> save, CancellationToken cancellation) =>
        await DetectedAsync(
            db, request, pending => StageAsync(db, request, save, pending, cancellation), cancellation).ConfigureAwait(false)
        ?? StagedSave.Nothing;

    /// <summary>Reports a staged save, whose transaction was committed.</summary>
    internal void Report(StagedSave saved)
    {
        using var span = saved.Span;
        if (saved != StagedSave.Nothing) health.Worked();
        if (saved.Batch is { } batch) Report(span, batch);
    }

    /// <summary>The database did not commit.</summary>
    internal void Failed(Exception fault)
    {
        if (IsFaultOfTheDatabase(fault)) health.Failed(engine.WriteObstacleOf(fault)?.Words() ?? "the database does not take them");
    }

    private async Task<T?> DetectedAsync<T>(
        GarmDbContext db, SaveRequest request, Func<IReadOnlyList<PendingChange>, Task<T>> save, CancellationToken cancellation)
        where T : class
    {
        // Detected once: each detection compares every tracked entity with its snapshot.
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var pending = PendingChanges.Of(db.ChangeTracker, clock.UtcNow());
            if (pending.Count == 0 && !db.ChangeTracker.HasChanges()) return null;
            TextLengths.Check(db.ChangeTracker);
            StoredTimes.Set(db.ChangeTracker);
            if (sealer is not null && SealedColumn.IsWritten(db.ChangeTracker))
                request.Rules.Add(() => SecretKeys.RequireActiveAsync(db, sealer.KeyId, cancellation));
            return await save(pending).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failed(e);
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

    private async Task<SaveOutcome> SaveAsync(
        GarmDbContext db, SaveRequest request, Func<Task<int>> save, IReadOnlyList<PendingChange> pending, CancellationToken cancellation)
    {
        using var span = ChangeLogTelemetry.StartCommit();
        if (await UpdateSharedAsync(db, request, pending, span, cancellation).ConfigureAwait(false) is { } shared) return new SaveOutcome(1, shared);
        db.Database.AutoSavepointsEnabled = false;
        var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using var disposal = transaction.ConfigureAwait(false);
        var (rows, drafts) = await WriteAsync(db, request, save, pending, cancellation).ConfigureAwait(false);
        var batch = await CommitAsync(db, transaction, request.CommitId, drafts, cancellation).ConfigureAwait(false);

        // Not before the commit: clients would see a change that a crash undoes.
        if (batch is not null) Report(span, batch);
        return new SaveOutcome(rows, batch);
    }

    // Null when the save needs a transaction of its own.
    private async Task<ChangeBatch?> UpdateSharedAsync(
        GarmDbContext db, SaveRequest request, IReadOnlyList<PendingChange> pending, Activity? span, CancellationToken cancellation)
    {
        if (request.Shared is not { } shared || !request.Rules.IsEmpty || pending is not [var only]) return null;
        if (RowUpdates.Find(db.ChangeTracker) is not { } entry) return null;
        var draft = await only.DraftAsync(cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        var update = new QueuedUpdate(
            db, RowUpdates.Of(entry, draft), request.CommitId, draft, batch => Report(span, batch), shared.Time);
        var batch = await shared.Updates.CommitAsync(update).ConfigureAwait(false);
        if (batch is not null) db.ChangeTracker.AcceptAllChanges();
        else await RowUpdates.RequireCurrentAsync(entry, cancellation).ConfigureAwait(false);
        return batch;
    }

    private async Task<StagedSave> StageAsync(
        GarmDbContext db, SaveRequest request, Func<Task<int>> save, IReadOnlyList<PendingChange> pending, CancellationToken cancellation)
    {
        db.Database.AutoSavepointsEnabled = false;
        var span = ChangeLogTelemetry.StartCommit();
        var part = await TransactionPart.BeginAsync(db, cancellation).ConfigureAwait(false);
        try
        {
            var (rows, drafts) = await WriteAsync(db, request, save, pending, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            var batch = drafts.Length == 0
                ? null
                : await _appender.AppendAsync(db, request.CommitId, drafts, clock.UtcNow(), cancellation).ConfigureAwait(false);
            await part.KeepAsync().ConfigureAwait(false);
            return new StagedSave(rows, batch, drafts, span);
        }
        catch (Exception e)
        {
            span?.Dispose();
            await part.UndoAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<(int Rows, ImmutableArray<ChangeDraft> Drafts)> WriteAsync(
        GarmDbContext db, SaveRequest request, Func<Task<int>> save, IReadOnlyList<PendingChange> pending, CancellationToken cancellation)
    {
        foreach (var change in pending.Where(x => x.IsDeletion))
            await change.LoadAsync(cancellation).ConfigureAwait(false);
        var rows = await save().ConfigureAwait(false);
        var drafts = new List<ChangeDraft>(pending.Count);
        foreach (var change in pending)
            drafts.Add(await change.DraftAsync(cancellation).ConfigureAwait(false));

        var complete = await FormerStates.AddAsync(engine, db, drafts, cancellation).ConfigureAwait(false);
        await request.Rules.EnforceAsync(engine, db, cancellation).ConfigureAwait(false);
        return (rows, [.. complete]);
    }

    private void Report(Activity? span, ChangeBatch batch)
    {
        ChangeLogTelemetry.KeepTrace(span, batch);
        listener.Committed(batch);
        ChangeLogTelemetry.OnCommitted(batch);
    }

    /// <summary>
    /// Appends log rows that no entity of this hub is behind, in a transaction of their own. Whoever gets no answer to its commit asks
    /// again with what there is then: <paramref name="drafts"/> must be made by comparing.
    /// </summary>
    /// <param name="db">A context with an open connection.</param>
    /// <param name="drafts">Makes the rows, in the transaction; null for none, and nothing is stored then.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>What was logged; null for nothing.</returns>
    internal async Task<ChangeBatch?> AppendAsync(
        GarmDbContext db, Func<Task<IReadOnlyList<ChangeDraft>?>> drafts, CancellationToken cancellation)
    {
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using var disposal = transaction.ConfigureAwait(false);
            if (await drafts().ConfigureAwait(false) is not { Count: > 0 } rows) return null;
            var batch = await CommitAsync(db, transaction, Guid.CreateVersion7(), [.. rows], cancellation).ConfigureAwait(false);
            health.Worked();
            listener.Committed(batch!);
            ChangeLogTelemetry.OnCommitted(batch!);
            return batch;
        }
        catch (CommitUnansweredException e)
        {
            // If it is stored, the relays find it in the log.
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
        catch (Exception e)
        {
            Failed(e);
            throw;
        }
    }

    /// <summary>Looks up a commit that got no answer, and reports it if it is stored.</summary>
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
        var isCommitting = engine.AppendCommits;
        try
        {
            if (drafts.Length > 0)
            {
                batch = await _appender.AppendAsync(db, commitId, drafts, clock.UtcNow(), cancellation).ConfigureAwait(false);
                if (engine.AppendCommits) return batch;
            }

            // Not cancelled when the client disconnects now: otherwise the commit might be stored and not reported.
            isCommitting = true;
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return batch;
        }
        catch (Exception e) when (isCommitting)
        {
            throw new CommitUnansweredException(drafts, e);
        }
    }
}
