using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Views;
using Garm.Data.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>
/// The jobs that the forge gives to scale sets. GARM hears of them on the scale set's message queue; here whoever listens reports
/// them, and the events are those that GARM gives (recorded in <c>forge-scaleset-runner</c>). A report is up to two commits, the
/// job's and its runner's: the same report again does what was cut short.
/// </summary>
public sealed class ScaleSetJobStore(UnitOfWork work)
{
    /// <summary>All of them, or one scale set's, the newest first; whether it is a scale set does not count.</summary>
    public Task<IReadOnlyList<ScaleSetJobView>> ListAsync(long? scaleSetId, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var jobs = await db.Jobs.Include(x => x.Runners)
                .Where(x => x.ScaleSetJobId != "" && (scaleSetId == null || x.ScaleSetId == scaleSetId))
                .OrderByDescending(x => x.Id).ToListAsync(cancellation);
            return (IReadOnlyList<ScaleSetJobView>)jobs.ConvertAll(x => x.ToScaleSetView());
        },
        cancellation);

    /// <summary>Takes a report; its runner, if it is one of the scale set's, follows the job.</summary>
    public async Task<JobView> ReportAsync(long scaleSetId, ScaleSetJobRequest report, CancellationToken cancellation)
    {
        ScaleSetJobRules.Validate(report);
        var job = await RecordAsync(scaleSetId, report, cancellation).ConfigureAwait(false);
        if (report.Status != JobStatuses.Queued && report.RunnerName is { Length: > 0 } runner)
            await MoveRunnerAsync(scaleSetId, runner, job.Id, cancellation).ConfigureAwait(false);
        return job;
    }

    private Task<JobView> RecordAsync(long scaleSetId, ScaleSetJobRequest report, CancellationToken cancellation) => work.WriteAsync(
        async db =>
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
            }
            else
            {
                db.Touch(job);
            }

            ScaleSetJobRules.Apply(job, report, set);
            return job;
        },
        x => x.ToView(),
        cancellation);

    private Task MoveRunnerAsync(long scaleSetId, string name, long jobId, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var runner = await InstanceQueries.Whole(db)
                .SingleOrDefaultAsync(x => x.Name == name && x.ScaleSetId == scaleSetId, cancellation);
            var job = await db.Jobs.Include(x => x.Runners).SingleOrDefaultAsync(x => x.Id == jobId, cancellation);
            if (runner is null || job is null) return;
            var moved = JobRules.MoveRunner(runner, job);
            if (job.Status == JobStatuses.Completed) moved |= JobRules.MarkForDeletion(runner);
            if (moved) db.Touch(runner);
        },
        cancellation);
}
