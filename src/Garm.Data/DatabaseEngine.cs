using Microsoft.EntityFrameworkCore;

namespace Garm.Data;

/// <summary>What differs between the engines. One instance per process and database.</summary>
public abstract class DatabaseEngine
{
    /// <summary>The name in <c>Garm:Database:Provider</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Sets the provider, the connection and the migrations' assembly.</summary>
    public abstract void Configure(DbContextOptionsBuilder builder);

    /// <summary>
    /// Takes positions from the log's head: parameter <c>@count</c>; one row with the epoch and the position that follows
    /// the taken ones. The row stays locked until the transaction ends, which is what makes positions commit-ordered.
    /// </summary>
    public abstract string TakePositionsSql { get; }

    /// <summary>
    /// An expression for the database's own clock, at the moment of the statement: milliseconds since 1970 UTC, a 64-bit number.
    /// </summary>
    public abstract string NowMillisecondsSql { get; }

    /// <summary>Whether a save failed because a unique index has the value already.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>Whether doing the same unit of work again may succeed.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>
    /// Waits for this process's turn to write, where the engine takes one writer at a time: waiting here is fair and quick,
    /// waiting inside the engine is polling.
    /// </summary>
    public virtual ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellation) => ValueTask.FromResult<IDisposable?>(null);
}
