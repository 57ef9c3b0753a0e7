using Garm.Contracts.Entities;
using Garm.Data.Views;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>The workflow jobs that forges told of.</summary>
public sealed class JobStore(UnitOfWork work)
{
    /// <summary>All jobs, in the order they came.</summary>
    public Task<IReadOnlyList<JobView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var jobs = await db.Jobs.Include(x => x.Runners).OrderBy(x => x.Id).ToListAsync(cancellation);
            await JobOwners.MarkGoneAsync(db, jobs, cancellation);
            return (IReadOnlyList<JobView>)[.. jobs.Select(x => x.ToView())];
        },
        cancellation);
}
