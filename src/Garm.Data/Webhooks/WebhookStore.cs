using Garm.Data.Entities;
using Garm.Data.Secrets;
using Garm.Data.Stores;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Webhooks;

/// <summary>A <c>workflow_job</c> delivery as it came.</summary>
public sealed record WorkflowJobDelivery
{
    /// <summary><c>github</c> or <c>gitea</c>.</summary>
    public required string ForgeType { get; init; }

    /// <summary>What the webhook is installed on: <c>repository</c>, <c>organization</c>, <c>business</c>, <c>system</c>.</summary>
    public required string HookType { get; init; }

    /// <summary><c>algorithm=digest</c>; null for none.</summary>
    public required string? Signature { get; init; }

    /// <summary>The forge's id of the delivery; null or empty for none: then it is taken each time.</summary>
    public required string? DeliveryId { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>What becomes of it.</summary>
    public DeliveryReport Report { get; init; } = new();
}

/// <summary>
/// Takes what forges tell of jobs; checks, their order and messages as GARM's (recorded in <c>webhook-*</c>). A delivery is up
/// to three commits, as it is up to three events about one runner in GARM. Its id is stored with the first, so that of two nodes
/// that take it at once one records the job; and is done with the last, so that one that was cut short goes on from there when the
/// forge delivers it again. What comes after the first is no news the second time.
/// </summary>
public sealed class WebhookStore(UnitOfWork work, SecretSealer sealer, TimeProvider clock)
{
    /// <summary>The longest that a delivery's id is remembered: GitHub delivers again for three days.</summary>
    internal static readonly TimeSpan RememberedFor = TimeSpan.FromDays(3);

    /// <summary>How many deliveries' ids are remembered at most.</summary>
    internal const int RememberedCount = 100_000;

    /// <summary>How many are forgotten with each new one: more than one, so that there are never more and more.</summary>
    private const int ForgottenAtOnce = 20;

    /// <summary>
    /// Takes a delivery. What is not meant for an entity of ours is ignored; <see cref="WorkflowJobDelivery.Report"/> says why
    /// something was not taken, when it is refused too.
    /// </summary>
    public async Task TakeAsync(WorkflowJobDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            await TakeCheckedAsync(delivery, cancellation).ConfigureAwait(false);
        }
        catch (GarmException refusal)
        {
            delivery.Report.Refused(refusal);
            throw;
        }
    }

    private async Task TakeCheckedAsync(WorkflowJobDelivery delivery, CancellationToken cancellation)
    {
        var report = delivery.Report;
        var payload = WorkflowJobPayload.Read(delivery.Body);
        (report.Action, report.WorkflowJobId) = (payload.Action ?? "", payload.Job.Id);
        report.Entity = WebhookTargets.NameOf(delivery.HookType, payload);

        report.IfRefused = DeliveryReasons.TargetInvalid;
        var (target, missing) = await work.ReadAsync(
            db => WebhookTargets.FindAsync(db, delivery.ForgeType, delivery.HookType, payload, cancellation),
            cancellation).ConfigureAwait(false);
        if (target is null)
        {
            report.Ignored(DeliveryReasons.OwnerUnknown, missing!);
            return;
        }

        report.IfRefused = DeliveryReasons.SignatureInvalid;
        var secret = sealer.Open(target.Entity.SealedWebhookSecret, SecretPurposes.WebhookSecret);
        WebhookSignature.Check(delivery.Signature, secret, delivery.Body);
        if (payload.Job.Labels is null or { Count: 0 })
        {
            report.Ignored(DeliveryReasons.NoLabels, "the job has no labels, so that no pool can be meant");
            return;
        }

        report.IfRefused = DeliveryReasons.PayloadInvalid;
        JobRules.RequireId(payload);

        report.IfRefused = DeliveryReasons.TransitionInvalid;
        var (jobId, runnerId) = await RecordAsync(delivery, payload, target, cancellation).ConfigureAwait(false);
        if (jobId == 0) report.Ignored(DeliveryReasons.Duplicate, "a delivery with this id was taken before");
        if (runnerId is not { } runner) return;
        var endsJob = payload.Action == JobStatuses.Completed;
        await MoveRunnerAsync(jobId, runner, delivery.DeliveryId, isLast: !endsJob, cancellation).ConfigureAwait(false);
        if (endsJob) await MarkForDeletionAsync(runner, delivery.DeliveryId, cancellation).ConfigureAwait(false);
    }

    /// <summary>The job, and the runner of ours that is to be moved for it; none when nothing is left to do.</summary>
    private Task<(long Job, Guid? Runner)> RecordAsync(
        WorkflowJobDelivery delivery, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation) =>
        work.WriteAsync(
            async db =>
            {
                var taken = await FindDeliveryAsync(db, delivery.DeliveryId, cancellation);
                if (taken is { IsDone: true }) return (new Job(), null);
                var runner = await FindRunnerAsync(db, payload, target, cancellation);
                var job = await db.Jobs.Include(x => x.Runners).SingleOrDefaultAsync(
                    x => x.ForgeUrl == target.ForgeUrl && x.WorkflowJobId == payload.Job.Id, cancellation);
                if (taken is not null)
                {
                    // Its job is recorded. Either may have gone since, and then nothing is left to do.
                    if (job is not null && runner is not null) return (Job: job, Runner: runner);
                    taken.IsDone = true;
                    return (new Job(), null);
                }

                if (job is null)
                {
                    if (runner is null && !await IsWantedAsync(db, payload, target, cancellation)) throw JobRules.NotOurs(payload);
                    job = JobRules.New(payload, target);
                    db.Jobs.Add(job);
                }
                else
                {
                    JobRules.RequireForward(job, payload.Action ?? "");
                    db.Touch(job);
                }

                JobRules.Apply(job, payload, target);
                await RememberAsync(db, delivery.DeliveryId, isDone: runner is null, cancellation);
                return (Job: job, Runner: runner);
            },
            x => (x.Job.Id, x.Runner),
            cancellation);

    /// <summary>The runner follows its job. Its own job, if it was made for another one, is free again.</summary>
    private Task MoveRunnerAsync(
        long jobId, Guid runnerId, string? deliveryId, bool isLast, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var delivery = await FindDeliveryAsync(db, deliveryId, cancellation);
            if (delivery is { IsDone: true }) return;
            var runner = await InstanceQueries.Whole(db).SingleOrDefaultAsync(x => x.Id == runnerId, cancellation);
            var job = await db.Jobs.Include(x => x.Runners).SingleOrDefaultAsync(x => x.Id == jobId, cancellation);
            if (runner is not null && job is not null && JobRules.MoveRunner(runner, job))
            {
                db.Touch(runner);
                await BreakLockAsync(db, runner, jobId, cancellation);
            }

            if (isLast) delivery?.IsDone = true;
        },
        cancellation);

    private Task MarkForDeletionAsync(Guid runnerId, string? deliveryId, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var delivery = await FindDeliveryAsync(db, deliveryId, cancellation);
            if (delivery is { IsDone: true }) return;
            var runner = await InstanceQueries.Whole(db).SingleOrDefaultAsync(x => x.Id == runnerId, cancellation);
            if (runner is not null && JobRules.MarkForDeletion(runner)) db.Touch(runner);
            delivery?.IsDone = true;
        },
        cancellation);

    private static async Task BreakLockAsync(GarmDbContext db, Instance runner, long jobId, CancellationToken cancellation)
    {
        if (runner.InResponseToJobId is not { } wanted || wanted == jobId) return;
        var other = await db.Jobs.SingleOrDefaultAsync(x => x.Id == wanted && x.Status == JobStatuses.Queued, cancellation);
        if (other is not null) other.LockedBy = Guid.Empty;
    }

    private static async Task<Guid?> FindRunnerAsync(
        GarmDbContext db, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation)
    {
        if (payload.Action is not (JobStatuses.InProgress or JobStatuses.Completed)) return null;
        if (payload.Job.RunnerName is not { Length: > 0 } name) return null;
        return await db.Instances.OfEntity(db, target.Kind, target.Entity.Id)
            .Where(x => x.Name == name).Select(x => (Guid?)x.Id).SingleOrDefaultAsync(cancellation);
    }

    private static async Task<bool> IsWantedAsync(
        GarmDbContext db, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation)
    {
        if (payload.Action != JobStatuses.Queued) return false;
        var pools = await db.Pools.Include(x => x.Tags).ThenInclude(x => x.Tag)
            .Where(EntityTraits.Of(target.Kind).PoolsOf(target.Entity.Id)).ToListAsync(cancellation);
        return pools.Exists(x => JobRules.Takes(x, payload.Job.Labels!));
    }

    private static async Task<WebhookDelivery?> FindDeliveryAsync(GarmDbContext db, string? deliveryId, CancellationToken cancellation) =>
        string.IsNullOrEmpty(deliveryId)
            ? null
            : await db.WebhookDeliveries.SingleOrDefaultAsync(x => x.DeliveryId == deliveryId, cancellation);

    private async Task RememberAsync(GarmDbContext db, string? deliveryId, bool isDone, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(deliveryId)) return;
        var now = clock.UtcNow();
        var newest = await db.WebhookDeliveries.MaxAsync(x => (long?)x.Id, cancellation) ?? 0;
        var oldest = await db.WebhookDeliveries.OrderBy(x => x.Id).Take(ForgottenAtOnce).ToListAsync(cancellation);
        db.RemoveRange(oldest.Where(x => x.ReceivedAt < now - RememberedFor || x.Id <= newest - RememberedCount));
        db.Add(new WebhookDelivery { DeliveryId = deliveryId, ReceivedAt = now, IsDone = isDone });
    }
}
