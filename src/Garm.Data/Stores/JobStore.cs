using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Views;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>
/// The workflow jobs that forges told of. Changing and removing them is for whoever provides the runners, when a forge's delivery
/// was lost; GARM has neither (see <c>docs/runners.md</c>).
/// </summary>
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

    /// <summary>Tells what became of a job; its runner follows it as it follows a delivery, in the same commit.</summary>
    public Task<JobView> UpdateAsync(long id, UpdateJobRequest request, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var job = await RequireAsync(db, id, JobUpdateRules.Refused, cancellation);
            JobUpdateRules.Validate(job, request);
            var runner = await FindRunnerAsync(db, job, request.RunnerName, cancellation);
            JobUpdateRules.Apply(job, request);
            db.Touch(job);
            if (runner is null || job.Status == JobStatuses.Queued) return job;
            await JobRunners.FollowAsync(db, runner, job, cancellation);
            if (job.Status == JobStatuses.Completed && JobRules.MarkForDeletion(runner)) db.Touch(runner);
            return job;
        },
        x => x.ToView(),
        cancellation);

    /// <summary>Removes a job, whatever its state. A runner that has it stays, and is shown without it.</summary>
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
            $"{JobUpdateRules.Refused}: runner_name {GoText.Quote(name)} is no runner of the job's entities; leave it out when somebody else's runner has the job");
    }
}
