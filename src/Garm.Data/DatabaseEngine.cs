using System.Data.Common;
using Garm.Data.ChangeLog;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data;

/// <summary>What differs between the engines. One instance per process and database.</summary>
public abstract class DatabaseEngine
{
    /// <summary>The name in <c>Garm:Database:Provider</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The collation of every text column, so that texts compare by their characters alone, whatever the server's default
    /// is; null where the engine's own default does that.
    /// </summary>
    public virtual string? TextCollation => null;

    /// <summary>
    /// Whether <see cref="AppendAsync"/> commits too. An engine behind a network saves a round trip that way, and the log's
    /// head stays locked for that much less.
    /// </summary>
    public virtual bool AppendCommits => false;

    /// <summary>
    /// Before anything is opened: makes the engine's files this user's alone, those that there are and those that it will make.
    /// </summary>
    /// <returns>The files of which that failed.</returns>
    public virtual IReadOnlyList<string> ProtectFiles() => [];

    /// <summary>Sets the provider, the connection and the migrations' assembly.</summary>
    public abstract void Configure(DbContextOptionsBuilder builder);

    /// <summary>
    /// Takes positions from the log's head and inserts the rows, in as few round trips as the engine allows. The head's row
    /// stays locked until the transaction ends, which is what makes positions commit-ordered: so this comes last.
    /// </summary>
    /// <exception cref="InvalidOperationException">The log has no head.</exception>
    public abstract Task<TakenPositions> AppendAsync(DbTransaction transaction, LogAppend append, CancellationToken cancellation);

    /// <summary>
    /// An expression for the database's own clock, at the moment of the statement: milliseconds since 1970 UTC, a 64-bit number.
    /// </summary>
    public abstract string NowMillisecondsSql { get; }

    /// <summary>Whether a save failed because a unique index has the value already.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>
    /// Whether a save failed because a row it refers to is gone, or because something refers to the row it removes.
    /// </summary>
    public abstract bool IsForeignKeyViolation(Exception exception);

    /// <summary>
    /// Whether doing the same unit of work again may succeed: a lost connection, a deadlock, a server that restarts. It says
    /// nothing of whether the transaction was committed.
    /// </summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>
    /// Whether a migration failed because another node did the same thing at the same moment (both make the database, say).
    /// </summary>
    public virtual bool IsMigrationRace(Exception exception) => false;

    /// <summary>
    /// Keeps other nodes from migrating at the same time, where the engine's own lock does not do it well. Null: it does.
    /// </summary>
    public virtual ValueTask<IDisposable?> EnterMigrationAsync(GarmDbContext db, CancellationToken cancellation) =>
        ValueTask.FromResult<IDisposable?>(null);

    /// <summary>
    /// Waits for this process's turn to write, where the engine takes one writer at a time: waiting here is fair and quick,
    /// waiting inside the engine is polling.
    /// </summary>
    public virtual ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation) => ValueTask.FromResult<IDisposable?>(null);

    /// <summary>The exception of this kind that is this one or the cause of it.</summary>
    protected static T? Find<T>(Exception? exception)
        where T : Exception =>
        exception as T ?? (exception?.InnerException is { } inner ? Find<T>(inner) : null);

    /// <summary>What <see cref="AppendAsync"/> throws when the head is missing.</summary>
    protected static InvalidOperationException NoHead() =>
        new("change_log_head has no row: the database was not initialised");
}
