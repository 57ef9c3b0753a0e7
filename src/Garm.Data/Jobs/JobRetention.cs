using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>The limits for keeping completed and abandoned jobs.</summary>
public sealed record JobRetentionOptions
{
    /// <summary>Counted from when the job was reported. Default 24 h, as in GARM.</summary>
    public TimeSpan RetainFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a job may be queued, from when it was reported; null for no limit. A job whose end was never reported would stay for
    /// ever; GitHub itself gives up a queued job after 24 hours.
    /// </summary>
    public TimeSpan? QueuedFor { get; init; }
}

/// <summary>
/// Removes old jobs as GARM does: completed ones, those that left the queue without a runner of this hub, and those that have been
/// queued for too long, where that is limited. Each removal is an event. A lease lets one node do it at a time, only to save work: a
/// job that two nodes remove is removed once.
/// </summary>
public sealed class JobRetention(UnitOfWork work, DatabaseLease leases, TimeProvider clock, JobRetentionOptions options)
{
    /// <summary>The lease's name.</summary>
    public const string LeaseName = "job-retention";

    /// <summary>Small, so that other writers need not wait long.</summary>
    internal const int BatchSize = 50;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly string _holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Removes the jobs that are due; returns how many. Removes none while another node does it.</summary>
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
