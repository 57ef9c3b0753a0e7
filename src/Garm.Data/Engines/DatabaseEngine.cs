using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Engines;

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
    /// stays locked until the transaction ends, which is what makes positions commit-ordered: so this comes last. The rows of
    /// <c>entity_states</c> are written with them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The log has no head.</exception>
    public abstract Task<TakenPositions> AppendAsync(DbTransaction transaction, LogAppend append, CancellationToken cancellation);

    /// <summary>
    /// Writes rows of <c>entity_states</c> that are not newer there already. The changes are of different entities.
    /// </summary>
    public abstract Task ApplyStatesAsync(DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation);

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
    /// Whether repeating the unit of work may succeed: a lost connection, a deadlock, a server that restarts. It says
    /// nothing of whether the transaction was committed.
    /// </summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>Why writes cannot work, where an error says so; null for any other error.</summary>
    public virtual WriteObstacle? WriteObstacleOf(Exception exception) => null;

    /// <summary>Free bytes on the database's disk; null where this process cannot see them.</summary>
    public virtual long? FreeBytes() => null;

    /// <summary>Bytes that the database can fill before it takes more of its disk; asked only where <see cref="FreeBytes"/> is known.</summary>
    public virtual Task<long> ReusableBytesAsync(GarmDbContext db, CancellationToken cancellation) => Task.FromResult(0L);

    /// <summary>Whether a wait was cancelled; some clients have an error of their own for it.</summary>
    public virtual bool IsCancellation(Exception exception) => exception is OperationCanceledException;

    /// <summary>
    /// Bounds how long each further statement on the context's connection may take, one that waits for a lock included; rounded
    /// up to seconds. Null: as long as the connection string says; <see cref="Timeout.InfiniteTimeSpan"/>: without end.
    /// </summary>
    public virtual void LimitStatements(GarmDbContext db, TimeSpan? longest) => db.Database.SetCommandTimeout(SecondsOf(longest));

    /// <summary>
    /// Reaches the database, the first thing at a start, and looks whether it is set up as the hub needs it. A fault that passes
    /// is thrown as what <see cref="IsTransient"/> or <see cref="IsMigrationRace"/> knows, and the caller tries again.
    /// </summary>
    /// <param name="db">A context on it.</param>
    /// <param name="mayChange">Whether a missing database is to be made, and an empty one to be set up.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="DatabaseRefusedException">It is not as the hub needs it, or may not be opened. The message says what to do.</exception>
    public virtual Task ReachAsync(GarmDbContext db, bool mayChange, CancellationToken cancellation) =>
        db.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellation);

    /// <summary>Looks for changes to the schema that the hub cannot work with, once the schema is there.</summary>
    /// <exception cref="DatabaseRefusedException">There is one. The message says what to do.</exception>
    public virtual Task CheckSchemaAsync(GarmDbContext db, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The statement in a form that returns its number of affected rows, whatever the server's or the login's defaults are.</summary>
    public virtual string Counted(string sql) => sql;

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

    /// <summary>As commands have it: whole seconds, 0 for no limit, null for the connection's own.</summary>
    protected static int? SecondsOf(TimeSpan? longest) => longest switch
    {
        null => null,
        { } time when time == Timeout.InfiniteTimeSpan => 0,
        { } time => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)),
    };

    /// <summary>The exception of this kind that is this one or the cause of it.</summary>
    protected static T? Find<T>(Exception? exception)
        where T : Exception =>
        exception as T ?? (exception?.InnerException is { } inner ? Find<T>(inner) : null);

    /// <summary>What <see cref="AppendAsync"/> throws when the head is missing.</summary>
    protected static InvalidOperationException NoHead() =>
        new("change_log_head has no row: the database was not initialised");
}
