using System.Collections.Concurrent;
using System.Data.Common;
using Garm.Data.ChangeLog;
using Garm.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.Tests.Writes;

/// <summary>An engine whose writes can be held after they have read and checked everything, before they begin to write.</summary>
public sealed class HeldEngine(DatabaseEngine inner) : DatabaseEngine
{
    private Func<Task>? _beforeTransaction;

    /// <summary>The statements that EF Core sent, in order, without those that append to the log.</summary>
    public ConcurrentQueue<string> Statements { get; } = new();

    public override string Name => inner.Name;

    public override string? TextCollation => inner.TextCollation;

    public override bool AppendCommits => inner.AppendCommits;

    public override bool TakesOneWriter => inner.TakesOneWriter;

    public override int MaxSharedUpdates => inner.MaxSharedUpdates;

    public override string NowMillisecondsSql => inner.NowMillisecondsSql;

    /// <summary>Runs before the next transaction begins, once.</summary>
    public void BeforeTransaction(Func<Task> action) => _beforeTransaction = action;

    public override IModel CompiledModel => inner.CompiledModel;

    public override void Configure(DbContextOptionsBuilder builder)
    {
        inner.Configure(builder);
        builder.AddInterceptors(new Holding(this), new Listing(this));
    }

    public override Task<TakenPositions> AppendAsync(DbTransaction transaction, LogAppend append, CancellationToken cancellation) =>
        inner.AppendAsync(transaction, append, cancellation);

    public override Task<IReadOnlyList<UpdatedRow>> UpdateAsync(
        DbTransaction transaction, IReadOnlyList<RowUpdate> updates, int? commandTimeout, CancellationToken cancellation) =>
        inner.UpdateAsync(transaction, updates, commandTimeout, cancellation);

    public override Task<TakenPositions> AppendUpdatesAsync(
        DbTransaction transaction, IReadOnlyList<LogAppend> appends, CancellationToken cancellation) =>
        inner.AppendUpdatesAsync(transaction, appends, cancellation);

    /// <summary>Called before current states are written outside of a save.</summary>
    public Action? BeforeStates { get; init; }

    public override async Task ApplyStatesAsync(
        DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation)
    {
        await Task.Yield(); // SQLite works on the caller's thread, so a wait with a limit would have none.
        BeforeStates?.Invoke();
        await inner.ApplyStatesAsync(transaction, changes, cancellation);
    }

    public override bool IsCancellation(Exception exception) => inner.IsCancellation(exception);

    public override void LimitStatements(GarmDbContext db, TimeSpan? longest) => inner.LimitStatements(db, longest);

    public override string Counted(string sql) => inner.Counted(sql);

    public override bool IsUniqueViolation(Exception exception) => inner.IsUniqueViolation(exception);

    public override bool IsForeignKeyViolation(Exception exception) => inner.IsForeignKeyViolation(exception);

    public override bool IsTransient(Exception exception) => inner.IsTransient(exception);

    public override ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation) => inner.EnterWriteAsync(cancellation);

    private sealed class Listing(HeldEngine engine) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            engine.Statements.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            engine.Statements.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }

    private sealed class Holding(HeldEngine engine) : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            if (Interlocked.Exchange(ref engine._beforeTransaction, null) is { } action) await action();
            return result;
        }
    }
}
