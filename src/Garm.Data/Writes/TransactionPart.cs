using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.Writes;

/// <summary>A transaction was rolled back as a whole: by the engine, after an error in one of the writes that share it.</summary>
/// <param name="cause">The error.</param>
internal sealed class TransactionLostException(Exception cause) : Exception("the transaction was rolled back", cause);

/// <summary>One write's part of a transaction that others may share: the whole transaction for the first of them, a savepoint for the others.</summary>
internal readonly struct TransactionPart
{
    private const string Savepoint = "unit";

    private readonly IDbContextTransaction _transaction;
    private readonly bool _isFirst;

    private TransactionPart(IDbContextTransaction transaction, bool isFirst) => (_transaction, _isFirst) = (transaction, isFirst);

    /// <summary>Begins the context's transaction, or a savepoint in it.</summary>
    public static async Task<TransactionPart> BeginAsync(GarmDbContext db, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not { } shared)
            return new TransactionPart(await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false), isFirst: true);
        await shared.CreateSavepointAsync(Savepoint, cancellation).ConfigureAwait(false);
        return new TransactionPart(shared, isFirst: false);
    }

    /// <summary>The part is complete; what undoes the next one keeps it.</summary>
    public Task KeepAsync() => _isFirst ? Task.CompletedTask : _transaction.ReleaseSavepointAsync(Savepoint);

    /// <summary>Undoes this part alone.</summary>
    /// <param name="cause">Why.</param>
    /// <exception cref="TransactionLostException">That is not possible any more: the engine has rolled back everything.</exception>
    public async Task UndoAsync(Exception cause)
    {
        if (_isFirst)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            await _transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
            await _transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            throw new TransactionLostException(cause);
        }
    }
}
