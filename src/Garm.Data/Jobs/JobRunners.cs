using Garm.Data.Model;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>
/// How jobs and runners change each other. A job's lock names the entity that is creating runners for it; it is released with the last
/// of these runners that has not taken a job.
/// </summary>
internal static class JobRunners
{
    /// <summary>The runner follows its job's state. The lock of the job that it was created for, if that is another one, may be released.</summary>
    /// <returns>False when nothing changed.</returns>
    public static async Task<bool> FollowAsync(GarmDbContext db, CommitRules rules, Instance runner, Job job, CancellationToken cancellation)
    {
        var before = runner.Job;
        if (!JobRules.MoveRunner(runner, job)) return false;
        db.Touch(runner);

        // The view of the runner's former job changes: it no longer shows a runner.
        if (before is not null && before != job) db.Touch(before);
        if (runner.InResponseToJobId is { } wanted && wanted != job.Id) await FreeLockAsync(db, rules, runner, wanted, cancellation);
        return true;
    }

    /// <summary>Removes a runner and its job. The lock of the job that it was created for and did not take may be released.</summary>
    public static async Task RemoveAsync(GarmDbContext db, CommitRules rules, Instance runner, CancellationToken cancellation)
    {
        if (runner is { JobId: null, InResponseToJobId: { } wanted }) await FreeLockAsync(db, rules, runner, wanted, cancellation);
        db.Instances.Remove(runner);
        if (runner.Job is { } job) db.Jobs.Remove(job);
    }

    /// <summary>Deletes a job, whose runners must be loaded: they lose it, and have their own update events.</summary>
    public static void Remove(GarmDbContext db, Job job)
    {
        foreach (var runner in job.Runners.ToList())
        {
            runner.JobId = null;
            runner.Job = null;
        }

        db.Jobs.Remove(job);
    }

    private static async Task FreeLockAsync(GarmDbContext db, CommitRules rules, Instance runner, long wanted, CancellationToken cancellation)
    {
        var job = await db.Jobs.SingleOrDefaultAsync(x => x.Id == wanted && x.Status == JobStatuses.Queued, cancellation);
        if (job is null || job.LockedBy == Guid.Empty) return;
        if (!await HasOthersAsync())
        {
            job.LockedBy = Guid.Empty;
            return;
        }

        // Two runners that are removed at once see each other here; the check at the commit finds that neither remains.
        rules.Add(async () =>
        {
            if (!await HasOthersAsync())
                throw new DbUpdateConcurrencyException($"the other runners for job {wanted} were removed at the same time");
        });

        Task<bool> HasOthersAsync() => db.Instances.AnyAsync(
            x => x.Id != runner.Id && x.InResponseToJobId == wanted && x.JobId == null, cancellation);
    }
}
