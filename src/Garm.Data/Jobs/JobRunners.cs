using Garm.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>
/// What jobs and runners make of each other. A job's lock says that runners are being made for it by one of its entities; it goes
/// with the last of them that has not taken a job.
/// </summary>
internal static class JobRunners
{
    /// <summary>The runner follows a job that went on; the job that it was made for, if that is another one, may be free again.</summary>
    /// <returns>False when that is no news.</returns>
    public static async Task<bool> FollowAsync(GarmDbContext db, Instance runner, Job job, CancellationToken cancellation)
    {
        var before = runner.Job;
        if (!JobRules.MoveRunner(runner, job)) return false;
        db.Touch(runner);

        // The one that it had is shown without it from now on.
        if (before is not null && before != job) db.Touch(before);
        if (runner.InResponseToJobId is { } wanted && wanted != job.Id) await FreeLockAsync(db, runner, wanted, cancellation);
        return true;
    }

    /// <summary>Removes a runner; the job that it has goes with it, and the one that it was made for and did not take is free again.</summary>
    public static async Task RemoveAsync(GarmDbContext db, Instance runner, CancellationToken cancellation)
    {
        if (runner is { JobId: null, InResponseToJobId: { } wanted }) await FreeLockAsync(db, runner, wanted, cancellation);
        db.Instances.Remove(runner);
        if (runner.Job is { } job) db.Jobs.Remove(job);
    }

    /// <summary>Removes a job, its runners loaded: they are shown without it from now on, and their own events say so.</summary>
    public static void Remove(GarmDbContext db, Job job)
    {
        foreach (var runner in job.Runners.ToList())
        {
            runner.JobId = null;
            runner.Job = null;
        }

        db.Jobs.Remove(job);
    }

    private static async Task FreeLockAsync(GarmDbContext db, Instance runner, long wanted, CancellationToken cancellation)
    {
        var job = await db.Jobs.SingleOrDefaultAsync(x => x.Id == wanted && x.Status == JobStatuses.Queued, cancellation);
        if (job is null || job.LockedBy == Guid.Empty) return;
        if (!await HasOthersAsync())
        {
            job.LockedBy = Guid.Empty;
            return;
        }

        // Of two that go at once each sees the other: whichever commits last looks again.
        db.AtCommit(async () =>
        {
            if (!await HasOthersAsync())
                throw new DbUpdateConcurrencyException($"the other runners for job {wanted} went at the same time");
        });

        Task<bool> HasOthersAsync() => db.Instances.AnyAsync(
            x => x.Id != runner.Id && x.InResponseToJobId == wanted && x.JobId == null, cancellation);
    }
}
