using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Jobs;

/// <summary>
/// The jobs that the forge gives to scale sets. GARM reads them from the scale set's message queue; here the reader of the queue
/// reports them, and the events are GARM's (recorded in <c>forge-scaleset-runner</c>). A report is one commit,
/// so that the job's event names the runner that took it.
/// </summary>
public sealed class ScaleSetJobStore(UnitOfWork work)
{
    /// <summary>The jobs of all scale sets or of one, newest first, in pages; an unknown scale set has none.</summary>
    public IAsyncEnumerable<IReadOnlyList<ScaleSetJobView>> ListAsync(long? scaleSetId, CancellationToken cancellation) =>
        ListPages.ReadAsync<Job, ScaleSetJobView>(
            limit: null,
            (last, size) => work.ReadAsync(
                async db =>
                {
                    var before = last?.Id ?? long.MaxValue;
                    var jobs = await db.Jobs.Include(x => x.Runners)
                        .Where(x => x.ScaleSetJobId != "" && (scaleSetId == null || x.ScaleSetId == scaleSetId) && x.Id < before)
                        .OrderByDescending(x => x.Id).Take(size).ToListAsync(cancellation);
                    return (jobs.LastOrDefault(), (IReadOnlyList<ScaleSetJobView>)jobs.ConvertAll(x => x.ToScaleSetView()));
                },
                cancellation),
            cancellation);

    /// <summary>Stores a report; the scale set's runner that it names follows the job. A late report changes nothing.</summary>
    public Task<JobView> ReportAsync(long scaleSetId, ScaleSetJobRequest report, CancellationToken cancellation)
    {
        ScaleSetJobRules.Validate(report);
        return work.WriteAsync((db, rules) => RecordAsync(db, rules, scaleSetId, report, cancellation), x => x.ToView(), cancellation);
    }

    private static async Task<Job> RecordAsync(
        GarmDbContext db, CommitRules rules, long scaleSetId, ScaleSetJobRequest report, CancellationToken cancellation)
    {
        var set = await db.ScaleSets
            .Include(x => x.Repository!.Endpoint)
            .Include(x => x.Organization!.Endpoint)
            .Include(x => x.Enterprise!.Endpoint)
            .SingleOrDefaultAsync(x => x.Id == scaleSetId, cancellation)
            ?? throw GarmException.NotFound("error fetching scale set: error fetching scale set by ID: not found");
        var owner = set.OwningEntity();
        var forge = ScaleSetJobRules.ForgeUrlOf(owner);
        var job = await db.Jobs.Include(x => x.Runners).SingleOrDefaultAsync(
            x => x.ForgeUrl == forge && x.ScaleSetJobId == report.ScaleSetJobId, cancellation);
        if (job is null)
        {
            job = ScaleSetJobRules.New(report, set, owner);
            db.Jobs.Add(job);
            rules.Add(() => RequireAsync(db, scaleSetId, cancellation));
        }
        else
        {
            if (JobRules.IsLate(job, report.Status!))
            {
                await JobOwners.MarkGoneAsync(db, [job], cancellation);
                return job;
            }

            db.Touch(job);
        }

        ScaleSetJobRules.Apply(job, report, set);
        if (job.Status != JobStatuses.Queued) await MoveRunnerAsync(db, rules, job, scaleSetId, report.RunnerName, cancellation);
        return job;
    }

    private static async Task MoveRunnerAsync(
        GarmDbContext db, CommitRules rules, Job job, long scaleSetId, string? name, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(name)) return;
        var runner = await InstanceQueries.Whole(db)
            .SingleOrDefaultAsync(x => x.Name == name && x.ScaleSetId == scaleSetId, cancellation);
        if (runner is null) return;
        await JobRunners.FollowAsync(db, rules, runner, job, cancellation);
        if (job.Status == JobStatuses.Completed && JobRules.MarkForDeletion(runner)) db.Touch(runner);
    }

    // No job may be stored for a scale set that was deleted in the meantime.
    private static async Task RequireAsync(GarmDbContext db, long scaleSetId, CancellationToken cancellation)
    {
        if (!await db.ScaleSets.AnyAsync(x => x.Id == scaleSetId, cancellation))
            throw new DbUpdateConcurrencyException($"scale set {scaleSetId} was deleted while a job came for it");
    }
}
