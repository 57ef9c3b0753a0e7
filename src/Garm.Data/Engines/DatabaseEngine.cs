using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Engines;

/// <summary>The differences between the engines. One instance per process and database.</summary>
public abstract class DatabaseEngine
{
    /// <summary>The name in <c>Garm:Database:Provider</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The collation of every text column, so that texts compare by code points, whatever the server's default
    /// is; null when the engine's default does that.
    /// </summary>
    public virtual string? TextCollation => null;

    /// <summary>
    /// Whether <see cref="AppendAsync"/> commits too. An engine behind a network saves a round trip in this way, and the log's
    /// head is locked for a shorter time.
    /// </summary>
    public virtual bool AppendCommits => false;

    /// <summary>
    /// Called before anything is opened: restricts the engine's files, existing and future ones, to this user.
    /// </summary>
    /// <returns>The files for which that failed.</returns>
    public virtual IReadOnlyList<string> ProtectFiles() => [];

    /// <summary>Sets the provider, the connection and the migrations' assembly.</summary>
    public abstract void Configure(DbContextOptionsBuilder builder);

    /// <summary>
    /// Takes positions from the log's head and inserts the rows, in as few round trips as the engine allows. The head's row
    /// stays locked until the transaction ends, so positions have the order of the commits; therefore this is the last statement. The rows of
    /// <c>entity_states</c> are written with them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The log has no head.</exception>
    public abstract Task<TakenPositions> AppendAsync(DbTransaction transaction, LogAppend append, CancellationToken cancellation);

    /// <summary>
    /// Writes rows of <c>entity_states</c>, except where the table already has a newer one. The changes are of different entities.
    /// </summary>
    public abstract Task ApplyStatesAsync(DbTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation);

    /// <summary>
    /// An SQL expression for the database's own clock, at the moment of the statement: milliseconds since 1970 UTC, a 64-bit number.
    /// </summary>
    public abstract string NowMillisecondsSql { get; }

    /// <summary>Whether a save failed because of a unique index.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>
    /// Whether a save failed because of a foreign key: a row that it refers to is gone, or another row refers to the one that it removes.
    /// </summary>
    public abstract bool IsForeignKeyViolation(Exception exception);

    /// <summary>
    /// Whether repeating the unit of work may succeed: a lost connection, a deadlock, a server that restarts. It does not
    /// say whether the transaction was committed.
    /// </summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>Why writes cannot work, if the error says so; null for any other error.</summary>
    public virtual WriteObstacle? WriteObstacleOf(Exception exception) => null;

    /// <summary>Free bytes on the database's disk; null when this process cannot find out.</summary>
    public virtual long? FreeBytes() => null;

    /// <summary>Bytes that the database can fill before it needs more of its disk; called only when <see cref="FreeBytes"/> is known.</summary>
    public virtual Task<long> ReusableBytesAsync(GarmDbContext db, CancellationToken cancellation) => Task.FromResult(0L);

    /// <summary>Whether a wait was cancelled; some clients throw their own exception for it.</summary>
    public virtual bool IsCancellation(Exception exception) => exception is OperationCanceledException;

    /// <summary>
    /// Limits how long each further statement on the context's connection may take, including waits for locks; rounded
    /// up to seconds. Null: as in the connection string; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.
    /// </summary>
    public virtual void LimitStatements(GarmDbContext db, TimeSpan? longest) => db.Database.SetCommandTimeout(SecondsOf(longest));

    /// <summary>
    /// Opens the database, first of all at a start, and checks that it is set up as the hub needs it. A transient fault
    /// is thrown as an exception that <see cref="IsTransient"/> or <see cref="IsMigrationRace"/> recognises, and the caller tries again.
    /// </summary>
    /// <param name="db">A context on it.</param>
    /// <param name="mayChange">Whether a missing database is created, and an empty one set up.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="DatabaseRefusedException">It is not set up as the hub needs it, or may not be opened. The message says what to do.</exception>
    public virtual Task ReachAsync(GarmDbContext db, bool mayChange, CancellationToken cancellation) =>
        db.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellation);

    /// <summary>Checks an existing schema for changes that the hub cannot work with.</summary>
    /// <exception cref="DatabaseRefusedException">There is one. The message says what to do.</exception>
    public virtual Task CheckSchemaAsync(GarmDbContext db, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The statement in a form that returns its number of affected rows, whatever the server's or the login's defaults are.</summary>
    public virtual string Counted(string sql) => sql;

    /// <summary>
    /// Whether a migration failed because another node did the same thing at the same moment, for example created the database.
    /// </summary>
    public virtual bool IsMigrationRace(Exception exception) => false;

    /// <summary>
    /// Keeps other nodes from migrating at the same time, if the engine's own lock is not sufficient. Null: it is sufficient.
    /// </summary>
    public virtual ValueTask<IDisposable?> EnterMigrationAsync(GarmDbContext db, CancellationToken cancellation) =>
        ValueTask.FromResult<IDisposable?>(null);

    /// <summary>
    /// Waits for this process's turn to write, if the engine allows one writer at a time: this wait is fair and quick,
    /// while a wait inside the engine polls.
    /// </summary>
    public virtual ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation) => ValueTask.FromResult<IDisposable?>(null);

    /// <summary>In the form of command timeouts: whole seconds, 0 for no limit, null for the connection's own.</summary>
    protected static int? SecondsOf(TimeSpan? longest) => longest switch
    {
        null => null,
        { } time when time == Timeout.InfiniteTimeSpan => 0,
        { } time => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)),
    };

    /// <summary>The exception of this type among this exception and its causes.</summary>
    protected static T? Find<T>(Exception? exception)
        where T : Exception =>
        exception as T ?? (exception?.InnerException is { } inner ? Find<T>(inner) : null);

    /// <summary>Thrown by <see cref="AppendAsync"/> when the head is missing.</summary>
    protected static InvalidOperationException NoHead() =>
        new("change_log_head has no row: the database was not initialised");
}
