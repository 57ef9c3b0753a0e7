using System.Text;
using Garm.Contracts.Events;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Data.Telemetry;
using Garm.Log;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.ChangeLog;

/// <summary>Reads the log, each time through a new context.</summary>
internal sealed class ChangeLogReader(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine) : IChangeLogReader
{
    /// <summary>The timeout of a read; the caller repeats it.</summary>
    internal TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public async Task<LogPlace> ReadHeadAsync(CancellationToken cancellation)
    {
        using var read = ChangeLogTelemetry.Read("head");
        var head = await RunAsync(db => db.ChangeLogHeads.AsNoTracking().SingleAsync(cancellation), cancellation).ConfigureAwait(false);
        return head.ToHead();
    }

    /// <inheritdoc />
    public async Task<LogRange> ReadRangeAsync(CancellationToken cancellation)
    {
        // One statement: the log is pruned and appended to concurrently, and both ends must be as of one moment.
        var range = await RunAsync(db => db.ChangeLogHeads.AsNoTracking()
            .Select(x => new
            {
                Head = x,
                First = db.ChangeLog.OrderBy(c => c.Position).Select(c => (long?)c.Position).FirstOrDefault(),
                Commit = db.ChangeLog.OrderBy(c => c.Position).Select(c => (Guid?)c.CommitId).FirstOrDefault(),
                Index = db.ChangeLog.OrderBy(c => c.Position).Select(c => (int?)c.CommitIndex).FirstOrDefault(),
                Chain = db.ChangeLog.OrderBy(c => c.Position).Select(c => (long?)c.Chain).FirstOrDefault(),
            })
            .SingleAsync(cancellation), cancellation).ConfigureAwait(false);
        var head = range.Head.ToHead();
        return new LogRange(head.Epoch, range.First is { } first ? new LogPosition(first - 1) : head.Position, head.Position)
        {
            Chain = head.Chain,
            EarliestChain = range.First is null ? head.Chain : ChainBefore(new LogChain(range.Chain!.Value), range.Commit!.Value, range.Index!.Value),
        };
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Change>> ReadAfterAsync(LogPosition after, int limit, CancellationToken cancellation)
    {
        using var read = ChangeLogTelemetry.Read("page");
        var rows = await RunAsync(
            db => db.ChangeLog.AsNoTracking()
                .Where(x => x.Position > after.Value).OrderBy(x => x.Position).Take(limit)
                .ToListAsync(cancellation),
            cancellation).ConfigureAwait(false);
        return rows.ConvertAll(ToChange);
    }

    internal static Change ToChange(ChangeLogEntry row)
    {
        if (!EntityTypes.TryParse(row.EntityType, out var type) || !ChangeOperations.TryParse(row.Operation, out var operation))
            throw new InvalidDataException($"change_log row {row.Position} has the kind {row.EntityType} {row.Operation}, which does not exist");
        return new Change(
            new LogPosition(row.Position), type, operation, row.EntityId, Encoding.UTF8.GetBytes(row.Payload), row.CommittedAt)
        {
            LastState = row.LastState is null ? default : Encoding.UTF8.GetBytes(row.LastState),
            Before = row.Before is null ? default : Encoding.UTF8.GetBytes(row.Before),
            Source = row.Source,
            Chain = new LogChain(row.Chain),
            ChainBefore = ChainBefore(new LogChain(row.Chain), row.CommitId, row.CommitIndex),
        };
    }

    private Task<T> RunAsync<T>(Func<GarmDbContext, Task<T>> read, CancellationToken cancellation) =>
        BoundedWork.RunAsync(engine, contexts, Longest, (db, _) => read(db), cancellation);

    private static LogChain ChainBefore(LogChain chain, Guid commitId, int index) => index == 0 ? chain.Before(commitId) : chain;
}
