using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.ChangeLog;

/// <summary>Switches the epoch in the log's head by compare-and-set.</summary>
internal sealed class ChangeLogEpochs(
    IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine, IChangeLogReader reader) : IChangeLogEpochs
{
    // The same limit as for a read of the log; the caller tries again.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    internal const string EndSql = "UPDATE change_log_head SET epoch = @next WHERE id = 1 AND epoch = @old";

    /// <inheritdoc />
    public async Task<LogPlace> EndAsync(LogEpoch old, CancellationToken cancellation)
    {
        await CompareAndSetAsync(old, LogEpoch.NewEpoch(), cancellation).ConfigureAwait(false);
        return await reader.ReadHeadAsync(cancellation).ConfigureAwait(false);
    }

    private Task CompareAndSetAsync(LogEpoch old, LogEpoch next, CancellationToken cancellation) => BoundedWork.WriteAsync(
        engine, contexts, Longest,
        db => engine.Statement(db, EndSql, ("@next", next.Value), ("@old", old.Value)).ExecuteAsync(cancellation), cancellation);
}
