using Garm.Data.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.ChangeLog;

/// <summary>Ends one history and begins the next.</summary>
public interface IChangeLogEpochs
{
    /// <summary>
    /// Gives the log a new epoch, unless its epoch is no longer <paramref name="old"/>: several nodes may notice at once, and
    /// one of them does it. Returns the head as it is afterwards.
    /// </summary>
    Task<LogHead> EndAsync(LogEpoch old, CancellationToken cancellation);
}

/// <summary>Compares and sets the epoch in the log's head.</summary>
public sealed class ChangeLogEpochs(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, IChangeLogReader reader) : IChangeLogEpochs
{
    internal const string EndSql = "UPDATE change_log_head SET epoch = @next WHERE id = 1 AND epoch = @old";

    /// <inheritdoc />
    public async Task<LogHead> EndAsync(LogEpoch old, CancellationToken cancellation)
    {
        await CompareAndSetAsync(old, LogEpoch.NewEpoch(), cancellation).ConfigureAwait(false);
        return await reader.ReadHeadAsync(cancellation).ConfigureAwait(false);
    }

    private async Task CompareAndSetAsync(LogEpoch old, LogEpoch next, CancellationToken cancellation)
    {
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using var transactionDisposal = transaction.ConfigureAwait(false);
        await engine
            .Statement(transaction.GetDbTransaction(), EndSql, ("@next", next.Value), ("@old", old.Value))
            .ExecuteAsync(cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }
}
