using System.Collections.Concurrent;
using System.Data.Common;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.Tests.Writes;

/// <summary>The outcome of a commit.</summary>
public enum CommitFate
{
    /// <summary>The connection is lost before it, and nothing is stored.</summary>
    Lost,

    /// <summary>It is stored, and the answer is lost.</summary>
    Unanswered,
}

/// <summary>A lost connection, as this engine sees it.</summary>
public sealed class ConnectionLostException() : Exception("the connection was lost");

/// <summary>An engine whose connections fail on command, at the commit.</summary>
public sealed class LossyEngine(DatabaseEngine inner) : DatabaseEngine
{
    private readonly ConcurrentQueue<CommitFate> _fates = new();

    /// <summary>The commit ids of all attempts, in order.</summary>
    public ConcurrentQueue<Guid> Attempts { get; } = new();

    /// <summary>The number of commits, successful or not; not counted for an engine whose append commits.</summary>
    public int Commits { get; private set; }

    /// <summary>The number of updates in each shared transaction that was committed or failed at its commit, in order.</summary>
    public ConcurrentQueue<int> SharedUpdates { get; } = new();

    /// <summary>The number of updates in each call that tried shared updates, in order.</summary>
    public ConcurrentQueue<int> TriedUpdates { get; } = new();

    /// <summary>A limit besides the engine's own.</summary>
    public int MostSharedUpdates { get; set; } = int.MaxValue;

    /// <summary>Runs before the next shared updates, once.</summary>
    public Func<Task>? BeforeUpdates { get; set; }

    /// <summary>Runs before the attempt with that number (from 1), once.</summary>
    public (int Attempt, Func<Task> Do)? Before { get; set; }

    public override string Name => inner.Name;

    public override string? TextCollation => inner.TextCollation;

    public override bool AppendCommits => inner.AppendCommits;

    public override bool TakesOneWriter => inner.TakesOneWriter;

    public override int MaxSharedUpdates => Math.Min(inner.MaxSharedUpdates, MostSharedUpdates);

    public override string NowMillisecondsSql => inner.NowMillisecondsSql;

    /// <summary>Sets the outcomes of the next commits; later ones succeed.</summary>
    public void Doom(params CommitFate[] fates)
    {
        foreach (var fate in fates) _fates.Enqueue(fate);
    }

    public override IModel CompiledModel => inner.CompiledModel;

    public override void Configure(DbContextOptionsBuilder builder)
    {
        inner.Configure(builder);
        if (!AppendCommits) builder.AddInterceptors(new Losing(this));
    }

    public override async Task<TakenPositions> AppendAsync(
        DbTransaction transaction, LogAppend append, CancellationToken cancellation)
    {
        Attempts.Enqueue(append.CommitId);
        if (!AppendCommits) return await inner.AppendAsync(transaction, append, cancellation);
        return await CommitAsync(() => inner.AppendAsync(transaction, append, cancellation));
    }

    public override async Task<IReadOnlyList<UpdatedRow>> UpdateAsync(
        DbTransaction transaction, IReadOnlyList<RowUpdate> updates, int? commandTimeout, CancellationToken cancellation)
    {
        TriedUpdates.Enqueue(updates.Count);
        if (BeforeUpdates is { } before)
        {
            BeforeUpdates = null;
            await before();
        }

        return await inner.UpdateAsync(transaction, updates, commandTimeout, cancellation);
    }

    public override Task<TakenPositions> AppendUpdatesAsync(
        DbTransaction transaction, IReadOnlyList<LogAppend> appends, CancellationToken cancellation)
    {
        foreach (var append in appends) Attempts.Enqueue(append.CommitId);
        SharedUpdates.Enqueue(appends.Count);
        return CommitAsync(() => inner.AppendUpdatesAsync(transaction, appends, cancellation));
    }

    public override Task ApplyStatesAsync(DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation) =>
        inner.ApplyStatesAsync(transaction, changes, cancellation);

    public override bool IsCancellation(Exception exception) => inner.IsCancellation(exception);

    public override void LimitStatements(GarmDbContext db, TimeSpan? longest) => inner.LimitStatements(db, longest);

    public override string Counted(string sql) => inner.Counted(sql);

    public override bool IsUniqueViolation(Exception exception) => inner.IsUniqueViolation(exception);

    public override bool IsForeignKeyViolation(Exception exception) => inner.IsForeignKeyViolation(exception);

    public override bool IsTransient(Exception exception) =>
        Find<ConnectionLostException>(exception) is not null || inner.IsTransient(exception);

    public override async ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation)
    {
        if (Before is { } before && Attempts.Count == before.Attempt - 1)
        {
            Before = null;
            await before.Do();
        }

        return await inner.EnterWriteAsync(cancellation);
    }

    private async Task<TakenPositions> CommitAsync(Func<Task<TakenPositions>> append)
    {
        var fate = NextFate();
        if (fate == CommitFate.Lost) throw new ConnectionLostException();
        var taken = await append();
        return fate == CommitFate.Unanswered ? throw new ConnectionLostException() : taken;
    }

    private CommitFate? NextFate() => _fates.TryDequeue(out var fate) ? fate : null;

    private sealed class Losing(LossyEngine engine) : DbTransactionInterceptor
    {
        private CommitFate? _fate;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            engine.Commits++;
            _fate = engine.NextFate();
            return _fate == CommitFate.Lost ? throw new ConnectionLostException() : ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            _fate == CommitFate.Unanswered ? throw new ConnectionLostException() : Task.CompletedTask;
    }
}
