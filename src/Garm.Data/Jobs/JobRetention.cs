using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>How long jobs stay that nobody waits for any more.</summary>
public sealed record JobRetentionOptions
{
    /// <summary>From when the job came. Default 24 h, as in GARM.</summary>
    public TimeSpan RetainFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a job may be queued, from when it came; null for as long as it takes. A job whose end was never told would stay
    /// for ever; GitHub itself gives up a queued job after 24 hours.
    /// </summary>
    public TimeSpan? QueuedFor { get; init; }
}

/// <summary>
/// Removes jobs that are history, as GARM does: those that left the queue without a runner of ours, and completed ones; and
/// those that are queued for too long, if there is such a limit. Each removal is an event. One node does it at a time; the lease only saves the others the work, since a job that two nodes remove
/// goes once all the same.
/// </summary>
public sealed class JobRetention(UnitOfWork work, DatabaseLease leases, TimeProvider clock, JobRetentionOptions options)
{
    /// <summary>The lease's name.</summary>
    public const string LeaseName = "job-retention";

    /// <summary>Small, so that other writers need not wait long.</summary>
    internal const int BatchSize = 50;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Removes all that may go now; how many went. None when another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (await leases.TryAcquireAsync(LeaseName, _holder, LeaseTime, cancellation).ConfigureAwait(false) is not { } grant) return 0;
        var removed = 0;
        try
        {
            int batch;
            do
            {
                batch = await RemoveBatchAsync(cancellation).ConfigureAwait(false);
                removed += batch;
            }
            while (batch == BatchSize && await leases.RenewAsync(grant, LeaseTime, cancellation).ConfigureAwait(false));
        }
        finally
        {
            await leases.ReleaseAsync(grant, CancellationToken.None).ConfigureAwait(false);
        }

        return removed;
    }

    private Task<int> RemoveBatchAsync(CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        var before = now - options.RetainFor;
        var queuedBefore = options.QueuedFor is { } longest ? now - longest : (DateTime?)null;
        return work.WriteAsync(
            async db =>
            {
                var jobs = await db.Jobs.Include(x => x.Runners)
                    .Where(x =>
                        (x.CreatedAt < before && x.Status == JobStatuses.Completed)
                        || (x.CreatedAt < before && x.Status != JobStatuses.Queued && !x.Runners.Any())
                        || (queuedBefore != null && x.CreatedAt < queuedBefore && x.Status == JobStatuses.Queued))
                    .OrderBy(x => x.Id).Take(BatchSize).ToListAsync(cancellation);
                foreach (var job in jobs) JobRunners.Remove(db, job);
                return jobs.Count;
            },
            count => count,
            cancellation);
    }
}
