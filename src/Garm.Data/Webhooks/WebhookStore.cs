using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Runners;
using Garm.Data.Secrets;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Webhooks;

/// <summary>A received <c>workflow_job</c> delivery.</summary>
public sealed record WorkflowJobDelivery
{
    /// <summary><c>github</c> or <c>gitea</c>.</summary>
    public required string ForgeType { get; init; }

    /// <summary>What the webhook is installed on: <c>repository</c>, <c>organization</c>, <c>business</c>, <c>system</c>.</summary>
    public required string HookType { get; init; }

    /// <summary><c>algorithm=digest</c>; null for none.</summary>
    public required string? Signature { get; init; }

    /// <summary>The forge's id of the delivery; null or empty for none, and then it is processed each time.</summary>
    public required string? DeliveryId { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>The outcome, filled during the processing.</summary>
    public DeliveryReport Report { get; init; } = new();
}

/// <summary>
/// Processes the forges' deliveries about jobs; checks, their order and messages are GARM's (recorded in <c>webhook-*</c>). The job and the
/// runner that took it are one commit, so that the job's event names its runner. A runner whose job has ended is marked for deletion in a
/// second commit, because that is a separate event in GARM. The first commit stores the delivery's id, so when two nodes receive it at
/// once, one of them records the job. The last commit marks it as complete, so an interrupted delivery continues from there when the forge
/// sends it again. A delivery without an id, which no forge sends, is processed each time, and answered as GARM answers it.
/// </summary>
public sealed class WebhookStore(UnitOfWork work, SecretSealer sealer, TimeProvider clock)
{
    /// <summary>How long a delivery's id is kept: GitHub sends a delivery again for three days.</summary>
    internal static readonly TimeSpan RememberedFor = TimeSpan.FromDays(3);

    /// <summary>The maximum number of stored delivery ids.</summary>
    internal const int RememberedCount = 100_000;

    /// <summary>The number of old ids that each new one deletes: more than one, so that the table shrinks when it is too large.</summary>
    private const int ForgottenAtOnce = 20;

    /// <summary>
    /// Processes a delivery. A delivery for an entity that is not the hub's is ignored; <see cref="WorkflowJobDelivery.Report"/> says why
    /// a delivery was ignored or refused.
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
            report.Ignored(DeliveryReasons.NoLabels, "the job has no labels, so no pool can match");
            return;
        }

        report.IfRefused = DeliveryReasons.PayloadInvalid;
        WorkflowJobRules.RequireId(payload);

        report.IfRefused = DeliveryReasons.TransitionInvalid;
        var outcome = await RecordAsync(delivery, payload, target, cancellation).ConfigureAwait(false);
        if (outcome.Ignored is { } ignored) report.Ignored(ignored.Reason, ignored.Details);
        if (outcome.Refusal is { } refusal) throw refusal;
        if (outcome.ToMark is { } runner) await MarkForDeletionAsync(runner, delivery.DeliveryId, cancellation).ConfigureAwait(false);
    }

    /// <summary>The job, and its runner if that is one of the hub's.</summary>
    private Task<Outcome> RecordAsync(
        WorkflowJobDelivery delivery, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation) =>
        work.WriteAsync(
            async (db, rules) =>
            {
                var prior = await PriorAsync(db, delivery, payload, target, cancellation);
                var (runner, job) = (prior.Runner, prior.Job);
                if (prior.Taken is { } taken)
                {
                    if (!taken.IsDone && runner is not null) return new Outcome { ToMark = runner.Id };
                    if (!taken.IsDone) taken.IsDone = true;
                    return new Outcome { Ignored = (DeliveryReasons.Duplicate, "a delivery with this id was accepted before") };
                }

                if (IsLate(delivery, payload, prior))
                    return new Outcome { Ignored = (DeliveryReasons.TransitionInvalid, "the job is in a later state than the delivery says") };
                if (job is null && runner is null && !await IsWantedAsync(db, payload, target, cancellation))
                    return await RefuseAsync(db, delivery, payload, target, cancellation);
                if (prior.IsOwnerThere)
                {
                    JobOwners.Keep(db, rules, target.Kind, target.Entity.Id, cancellation);
                }
                else if ((job is null || JobOwners.Get(job, target.Kind) != target.Entity.Id)
                    && !await JobOwners.IsThereAsync(db, rules, target.Kind, target.Entity.Id, cancellation))
                {
                    return new Outcome { Ignored = (DeliveryReasons.OwnerUnknown, "its entity was deleted meanwhile") };
                }

                if (job is null)
                {
                    job = WorkflowJobRules.New(payload, target);
                    db.Jobs.Add(job);
                }
                else
                {
                    JobRules.RequireForward(job, payload.Action ?? "");
                    db.Touch(job);
                }

                WorkflowJobRules.Apply(job, payload, target);
                if (runner is not null) await JobRunners.FollowAsync(db, rules, runner, job, cancellation);
                var endsJob = job.Status == JobStatuses.Completed;
                await RememberAsync(db, delivery, payload, target, prior.Known, isDone: runner is null || !endsJob, cancellation);
                return new Outcome { ToMark = endsJob ? runner?.Id : null };
            },
            x => x,
            cancellation);

    /// <summary>What remains to be done after a delivery's first commit, or why it was not accepted.</summary>
    private sealed record Outcome
    {
        /// <summary>The runner that is to be marked for deletion.</summary>
        public Guid? ToMark { get; init; }

        /// <summary>Why the delivery changes nothing, although it is answered with success.</summary>
        public (string Reason, string Details)? Ignored { get; init; }

        /// <summary>The refusal of the delivery, after its id and job's end were stored.</summary>
        public GarmException? Refusal { get; init; }
    }

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

    /// <summary>What the hub knows of a delivery, its job and its runner before the delivery is applied.</summary>
    private sealed record Prior
    {
        /// <summary>The runner that the delivery names, if it is one of the hub's.</summary>
        public Instance? Runner { get; init; }

        /// <summary>The same delivery, which came before.</summary>
        public WebhookDelivery? Taken { get; init; }

        public Job? Job { get; init; }

        /// <summary>Whether an earlier delivery reported the job's end, and the job is deleted.</summary>
        public bool HasEnded { get; init; }

        /// <summary>Whether the delivery's entity was found; false when it was not looked for.</summary>
        public bool IsOwnerThere { get; init; }

        /// <summary>What the query about a new job found; null when it was not run, or the delivery is not about a new job.</summary>
        public KnownDelivery? Known { get; init; }
    }

    private static async Task<Prior> PriorAsync(
        GarmDbContext db, WorkflowJobDelivery delivery, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation)
    {
        var started = payload.Job.StartedAt?.UtcDateTime.AsStored();

        // Most deliveries of a burst are about new jobs: one query then says that there is nothing.
        if (payload.Action == JobStatuses.Queued
            && await JobOwnerQueries.FindAsync(
                db, target.Kind, target.Entity.Id, new DeliveryKey(delivery.DeliveryId ?? "", target.ForgeUrl, payload.Job.Id!.Value, started), cancellation)
                is { IsTaken: false, HasJob: false } known)
        {
            return new Prior { HasEnded = known.HasEnded, IsOwnerThere = true, Known = known };
        }

        var job = await db.Jobs.Include(x => x.Runners).SingleOrDefaultAsync(
            x => x.ForgeUrl == target.ForgeUrl && x.WorkflowJobId == payload.Job.Id, cancellation);
        return new Prior
        {
            Runner = await FindRunnerAsync(db, payload, target, cancellation),
            Taken = await FindDeliveryAsync(db, delivery.DeliveryId, cancellation),
            Job = job,
            HasEnded = job is null && await db.WebhookDeliveries.AnyAsync(
                x => x.EndedJobId == payload.Job.Id && x.ForgeUrl == target.ForgeUrl
                    && (started == null || x.EndedAt == null || x.EndedAt >= started),
                cancellation),
        };
    }

    /// <summary>
    /// Whether the job is already past the delivery's action: deliveries may arrive out of order, which is not an error of the
    /// forge. A deleted job is known by the delivery that reported its end; an action that began after that end belongs to another attempt.
    /// </summary>
    private static bool IsLate(WorkflowJobDelivery delivery, WorkflowJobPayload payload, Prior prior)
    {
        var isIdentified = !string.IsNullOrEmpty(delivery.DeliveryId);
        return prior.Job is { } job
            ? JobRules.IsLate(job, payload.Action ?? "") && (isIdentified || job.Status == JobStatuses.Completed)
            : isIdentified && prior.HasEnded;
    }

    /// <summary>Refuses a job that no pool here takes. The end of a job is stored: the delivery of its beginning may still arrive.</summary>
    private async Task<Outcome> RefuseAsync(
        GarmDbContext db, WorkflowJobDelivery delivery, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation)
    {
        if (payload.Action == JobStatuses.Completed) await RememberAsync(db, delivery, payload, target, null, isDone: true, cancellation);
        return new Outcome { Refusal = WorkflowJobRules.NotOurs(payload) };
    }

    private static async Task<Instance?> FindRunnerAsync(
        GarmDbContext db, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation)
    {
        if (payload.Action is not (JobStatuses.InProgress or JobStatuses.Completed)) return null;
        if (payload.Job.RunnerName is not { Length: > 0 } name) return null;
        return await InstanceQueries.Whole(db).OfEntity(db, target.Kind, target.Entity.Id)
            .SingleOrDefaultAsync(x => x.Name == name, cancellation);
    }

    private static async Task<bool> IsWantedAsync(
        GarmDbContext db, WorkflowJobPayload payload, WebhookTarget target, CancellationToken cancellation)
    {
        if (payload.Action != JobStatuses.Queued) return false;
        return await JobOwnerQueries.TagsOfPools(db, target.Kind, target.Entity.Id)
            .AnyAsync(x => WorkflowJobRules.Takes(x, payload.Job.Labels!), cancellation);
    }

    private static async Task<WebhookDelivery?> FindDeliveryAsync(GarmDbContext db, string? deliveryId, CancellationToken cancellation) =>
        string.IsNullOrEmpty(deliveryId)
            ? null
            : await db.WebhookDeliveries.SingleOrDefaultAsync(x => x.DeliveryId == deliveryId, cancellation);

    private async Task RememberAsync(
        GarmDbContext db, WorkflowJobDelivery delivery, WorkflowJobPayload payload, WebhookTarget target, KnownDelivery? known, bool isDone,
        CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(delivery.DeliveryId)) return;
        var now = clock.UtcNow();
        await ForgetAsync(db, known, now, cancellation);
        var endsJob = payload.Action == JobStatuses.Completed;
        db.Add(new WebhookDelivery
        {
            DeliveryId = delivery.DeliveryId,
            ReceivedAt = now,
            IsDone = isDone,
            EndedJobId = endsJob ? payload.Job.Id : null,
            EndedAt = endsJob ? payload.Job.CompletedAt?.UtcDateTime.AsStored() : null,
            ForgeUrl = endsJob ? target.ForgeUrl : null,
        });
    }

    private static async Task ForgetAsync(GarmDbContext db, KnownDelivery? known, DateTime now, CancellationToken cancellation)
    {
        if (known is not null && !(known is { Oldest: { } first, OldestAt: { } at, Newest: { } last } && IsOld(first, at, last))) return;
        var newest = await db.WebhookDeliveries.MaxAsync(x => (long?)x.Id, cancellation) ?? 0;
        var oldest = await db.WebhookDeliveries.OrderBy(x => x.Id).Take(ForgottenAtOnce).ToListAsync(cancellation);
        db.RemoveRange(oldest.Where(x => IsOld(x.Id, x.ReceivedAt, newest)));

        bool IsOld(long id, DateTime receivedAt, long newest) => receivedAt < now - RememberedFor || id <= newest - RememberedCount;
    }
}
