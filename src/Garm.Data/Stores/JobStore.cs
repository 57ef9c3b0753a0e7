using Garm.Contracts.Entities;
using Garm.Data.Entities;
using Garm.Data.Views;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>Which jobs are asked for.</summary>
public sealed record JobListQuery : OwnedListQuery
{
    /// <summary>Only those that came after the one with this id, which may be gone.</summary>
    public long After { get; init; }
}

/// <summary>The workflow jobs that forges told of.</summary>
public sealed class JobStore(UnitOfWork work)
{
    /// <summary>The jobs that are asked for, in the order they came, in pages.</summary>
    public IAsyncEnumerable<IReadOnlyList<JobView>> ListAsync(JobListQuery query, CancellationToken cancellation) =>
        ListPages.ReadAsync<Job, JobView>(query.Limit, (last, size) => ReadAsync(query, last?.Id ?? query.After, size, cancellation), cancellation);

    private Task<(Job? Last, IReadOnlyList<JobView> Views)> ReadAsync(
        JobListQuery query, long after, int size, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var jobs = await Narrow(db.Jobs, query).Where(x => x.Id > after).OrderBy(x => x.Id).Take(size)
                .Include(x => x.Runners).ToListAsync(cancellation);
            await JobOwners.MarkGoneAsync(db, jobs, cancellation);
            return (jobs.LastOrDefault(), (IReadOnlyList<JobView>)jobs.ConvertAll(x => x.ToView()));
        },
        cancellation);

    private static IQueryable<Job> Narrow(IQueryable<Job> all, JobListQuery query)
    {
        if (query.Statuses is { Count: > 0 } statuses) all = all.Where(x => statuses.Contains(x.Status));
        if (OwnedListQuery.Nullable(query.ScaleSetIds) is { Count: > 0 } sets) all = all.Where(x => sets.Contains(x.ScaleSetId));
        if (OwnedListQuery.Nullable(query.RepositoryIds) is { Count: > 0 } repositories)
            all = all.Where(x => repositories.Contains(x.RepositoryId));
        if (OwnedListQuery.Nullable(query.OrganizationIds) is { Count: > 0 } organizations)
            all = all.Where(x => organizations.Contains(x.OrganizationId));
        if (OwnedListQuery.Nullable(query.EnterpriseIds) is { Count: > 0 } enterprises)
            all = all.Where(x => enterprises.Contains(x.EnterpriseId));
        if (OwnedListQuery.Nullable(query.ForgeInstanceIds) is { Count: > 0 } forges)
            all = all.Where(x => forges.Contains(x.ForgeInstanceId));
        return all;
    }
}
