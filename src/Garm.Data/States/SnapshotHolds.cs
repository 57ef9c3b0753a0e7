using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log;
using Garm.Log.States;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.States;

/// <summary>Writes the row of <c>snapshot_holds</c> of this process.</summary>
public sealed class SnapshotHolds(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine) : ISnapshotHolds
{
    internal const string ReleaseSql = "DELETE FROM snapshot_holds WHERE holder = @holder";

    // The same limit as for a lease's statements.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    internal string UpdateSql { get; } =
        $"UPDATE snapshot_holds SET position = @position, expires_at_ms = {engine.NowMillisecondsSql} + @ttl WHERE holder = @holder";

    internal string InsertSql { get; } =
        $"INSERT INTO snapshot_holds (holder, position, expires_at_ms) VALUES (@holder, @position, {engine.NowMillisecondsSql} + @ttl)";

    internal string SweepSql { get; } = $"DELETE FROM snapshot_holds WHERE expires_at_ms <= {engine.NowMillisecondsSql}";

    /// <inheritdoc />
    public Task HoldAsync(LogPosition place, TimeSpan timeToLive, CancellationToken cancellation) => WriteAsync(
        async db =>
        {
            (string, object)[] parameters = [("@holder", _holder), ("@position", place.Value), ("@ttl", (long)timeToLive.TotalMilliseconds)];
            if (await engine.Statement(db, UpdateSql, parameters).ExecuteAsync(cancellation).ConfigureAwait(false) is 1 and var renewed)
                return renewed;

            // The holds of killed processes expire; this deletes their rows.
            await engine.Statement(db, SweepSql).ExecuteAsync(cancellation).ConfigureAwait(false);
            return await engine.Statement(db, InsertSql, parameters).ExecuteAsync(cancellation).ConfigureAwait(false);
        },
        cancellation);

    /// <inheritdoc />
    public Task ReleaseAsync(CancellationToken cancellation) => WriteAsync(
        db => engine.Statement(db, ReleaseSql, ("@holder", _holder)).ExecuteAsync(cancellation), cancellation);

    private Task WriteAsync(Func<GarmDbContext, Task<int>> work, CancellationToken cancellation) =>
        BoundedWork.WriteAsync(engine, contexts, Longest, work, cancellation);
}
