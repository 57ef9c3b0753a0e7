using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>Which jobs to list.</summary>
public sealed record JobListQuery : OwnedListQuery
{
    /// <summary>Only the jobs after the one with this id, which may have been deleted.</summary>
    public long After { get; init; }
}

/// <summary>
/// The workflow jobs that forges reported. The provider of the runners changes or removes one when a forge's delivery was lost; GARM
/// has neither operation (see <c>docs/runners.md</c>).
/// </summary>
public sealed class JobStore(UnitOfWork work)
{
    /// <summary>The jobs that match, by creation time, in pages.</summary>
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

    /// <summary>Changes a job's state; its runner follows as it does after a delivery, in the same commit.</summary>
    public Task<JobView> UpdateAsync(long id, UpdateJobRequest request, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            var job = await RequireAsync(db, id, JobUpdateRules.Refused, cancellation);
            JobUpdateRules.Validate(job, request);
            var runner = await FindRunnerAsync(db, job, request.RunnerName, cancellation);
            JobUpdateRules.Apply(job, request);
            db.Touch(job);
            if (runner is null || job.Status == JobStatuses.Queued) return job;
            await JobRunners.FollowAsync(db, rules, runner, job, cancellation);
            if (job.Status == JobStatuses.Completed && JobRules.MarkForDeletion(runner)) db.Touch(runner);
            return job;
        },
        x => x.ToView(),
        cancellation);

    /// <summary>Deletes a job in any state. Its runner stays, and is shown without it.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) => work.WriteAsync(
        async db => JobRunners.Remove(db, await RequireAsync(db, id, "error deleting job", cancellation)),
        cancellation);

    private static async Task<Job> RequireAsync(GarmDbContext db, long id, string failed, CancellationToken cancellation) =>
        await db.Jobs.Include(x => x.Runners).SingleOrDefaultAsync(x => x.Id == id, cancellation)
        ?? throw GarmException.NotFound($"{failed}: there is no job {id}");

    /// <summary>The named runner, or the one that has the job already.</summary>
    private static async Task<Instance?> FindRunnerAsync(GarmDbContext db, Job job, string? name, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(name)) name = job.Runners.OrderBy(x => x.CreatedAt).FirstOrDefault()?.Name;
        if (name is null) return null;
        var runner = await InstanceQueries.Whole(db).SingleOrDefaultAsync(x => x.Name == name, cancellation);
        if (runner is not null && (runner.JobId == job.Id || JobUpdateRules.MayTake(runner, job))) return runner;
        throw GarmException.BadRequest(
            $"{JobUpdateRules.Refused}: runner_name {GoText.Quote(name)} is not a runner of the job's entities; leave it out if the job's runner is not the hub's");
    }

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
