using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Writes;

/// <summary>A committed write.</summary>
/// <param name="Entity">What the change returned, as it was saved.</param>
/// <param name="Head">Its last place in the log, or the log's head when it logged nothing.</param>
internal sealed record WriteOutcome<TEntity>(TEntity Entity, LogPlace Head);

/// <summary>The attempts of one write. They share a commit id, and keep what was saved without an answer.</summary>
internal sealed class WriteAttempts<TEntity>(
    WritePath path, Func<GarmDbContext, CommitRules, Task<TEntity>> change)
{
    private readonly Guid _commitId = Guid.CreateVersion7();

    // The attempts whose commits got no answer: at most one of them is stored. The result is built from that attempt's entities, whose keys
    // differ from those of another attempt; the log rows show which one it is.
    private readonly List<(TEntity Entity, ImmutableArray<ChangeDraft> Drafts)> _unanswered = [];

    /// <summary>Whether an earlier attempt may be stored.</summary>
    public bool IsCommitOpen => _unanswered.Count > 0;

    /// <summary>One attempt: reads, changes, saves.</summary>
    public async Task<WriteOutcome<TEntity>> TryAsync(AttemptTime time, CancellationToken cancellation)
    {
        var entity = default(TEntity);
        try
        {
            return path.Engine.TakesOneWriter
                ? await path.Group.RunAsync(StageAsync, time).ConfigureAwait(false)
                : await SaveAsync().ConfigureAwait(false);
        }
        catch (CommitUnansweredException e)
        {
            _unanswered.Add((entity!, e.Drafts));
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }

        async Task<(StagedSave, WriteOutcome<TEntity>)> StageAsync(GarmDbContext db)
        {
            var rules = new CommitRules();
            entity = await change(db, rules).ConfigureAwait(false);
            var staged = await db.StageAsync(new SaveRequest(_commitId, rules), cancellation).ConfigureAwait(false);
            return (staged, await OutcomeAsync(db, staged.Batch).ConfigureAwait(false));
        }

        async Task<WriteOutcome<TEntity>> SaveAsync()
        {
            using var turn = await path.Engine.EnterWriteAsync(time.Token).ConfigureAwait(false);

            // One connection for the reads and the save, because opening another one costs time on every engine.
            var open = await OpenContext.OpenAsync(path.Engine, path.Contexts, time).ConfigureAwait(false);
            await using var disposal = open.ConfigureAwait(false);
            var rules = new CommitRules();
            entity = await change(open.Db, rules).ConfigureAwait(false);
            var request = new SaveRequest(_commitId, rules) { Shared = path.Engine.MaxSharedUpdates > 0 ? (path.Updates, time) : null };
            var saved = await open.Db.SaveAsync(request, cancellation).ConfigureAwait(false);
            return await OutcomeAsync(open.Db, saved.Commit).ConfigureAwait(false);
        }

        async Task<WriteOutcome<TEntity>> OutcomeAsync(GarmDbContext db, ChangeBatch? batch) =>
            new(entity, batch?.End ?? await HeadAsync(db, cancellation).ConfigureAwait(false));
    }

    /// <summary>Looks up in the log whether an earlier attempt was stored; null when none was.</summary>
    public async Task<WriteOutcome<TEntity>?> RecoverAsync(AttemptTime time, CancellationToken cancellation)
    {
        if (!IsCommitOpen) return null;
        var open = await OpenContext.OpenAsync(path.Engine, path.Contexts, time).ConfigureAwait(false);
        await using var disposal = open.ConfigureAwait(false);
        if (await path.Recorder.RecoverAsync(open.Db, _commitId, cancellation).ConfigureAwait(false) is not { } batch) return null;

        var stored = _unanswered.FindIndex(x => IsLogOf(batch, x.Drafts));
        return new WriteOutcome<TEntity>(_unanswered[stored < 0 ? _unanswered.Count - 1 : stored].Entity, batch.End);
    }

    private static bool IsLogOf(ChangeBatch batch, ImmutableArray<ChangeDraft> drafts) =>
        batch.Changes.Length == drafts.Length
        && batch.Changes.Zip(drafts).All(x => x.First.EntityId == x.Second.EntityId && x.First.Payload.Span.SequenceEqual(x.Second.Payload));

    private static async Task<LogPlace> HeadAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var head = await db.ChangeLogHeads.AsNoTracking().SingleAsync(cancellation).ConfigureAwait(false);
        return head.ToHead();
    }
}
