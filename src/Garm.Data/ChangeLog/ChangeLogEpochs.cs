using Garm.Data.Engines;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.ChangeLog;

/// <summary>Compares and sets the epoch in the log's head.</summary>
public sealed class ChangeLogEpochs(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, IChangeLogReader reader) : IChangeLogEpochs
{
    internal const string EndSql = "UPDATE change_log_head SET epoch = @next WHERE id = 1 AND epoch = @old";

    /// <inheritdoc />
    public async Task<LogPlace> EndAsync(LogEpoch old, CancellationToken cancellation)
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
