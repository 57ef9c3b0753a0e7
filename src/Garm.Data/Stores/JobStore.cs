using Garm.Contracts.Entities;
using Garm.Data.Entities;
using Garm.Data.Views;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>The workflow jobs that forges told of.</summary>
public sealed class JobStore(UnitOfWork work, TimeProvider clock)
{
    /// <summary>How many are forgotten in one go.</summary>
    private const int BatchSize = 100;

    /// <summary>All jobs, in the order they came.</summary>
    public Task<IReadOnlyList<JobView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var jobs = await db.Jobs.Include(x => x.Runners).OrderBy(x => x.Id).ToListAsync(cancellation);
            await JobOwners.MarkGoneAsync(db, jobs, cancellation);
            return (IReadOnlyList<JobView>)[.. jobs.Select(x => x.ToView())];
        },
        cancellation);

    /// <summary>
    /// Forgets jobs that are not queued, that no runner of ours has, and that nothing was heard of for so long; at most one
    /// batch.
    /// </summary>
    /// <returns>How many; a full batch means that there may be more.</returns>
    public Task<int> ForgetAsync(TimeSpan silence, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var before = clock.UtcNow() - silence;
            var old = await db.Jobs.Include(x => x.Runners)
                .Where(x => x.Status != JobStatuses.Queued && x.UpdatedAt < before && x.Runners.Count == 0)
                .OrderBy(x => x.Id).Take(BatchSize).ToListAsync(cancellation);
            db.Jobs.RemoveRange(old);
            return old.Count;
        },
        x => x,
        cancellation);
}
