using Garm.Contracts.Entities;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Webhooks;

/// <summary>The last deliveries of all nodes. They are stored in batches, so that many deliveries cause few writes.</summary>
public sealed class WebhookOutcomeStore(UnitOfWork work)
{
    /// <summary>The number of stored outcomes.</summary>
    public const int Kept = 500;

    /// <summary>The number of old outcomes that each batch deletes: more than a batch adds, so that the table shrinks when it is too large.</summary>
    internal const int ForgottenAtOnce = 2 * Kept;

    /// <summary>The delivery was accepted.</summary>
    public const string Accepted = "accepted";

    /// <summary>The delivery was answered with success and changed nothing.</summary>
    public const string Ignored = "ignored";

    /// <summary>The delivery was refused, or the hub failed.</summary>
    public const string Refused = "refused";

    /// <summary>The last outcomes, the newest first.</summary>
    /// <param name="limit">The maximum number.</param>
    /// <param name="outcome">Only these; null for all.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<IReadOnlyList<WebhookDeliveryView>> ListAsync(int limit, string? outcome, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var found = await db.WebhookOutcomes.Where(x => outcome == null || x.Outcome == outcome)
                .OrderByDescending(x => x.ReceivedAt).ThenByDescending(x => x.Id).Take(limit).ToListAsync(cancellation);
            return (IReadOnlyList<WebhookDeliveryView>)found.ConvertAll(ToView);
        },
        cancellation);

    /// <summary>Stores these, and deletes the oldest beyond the limit.</summary>
    public Task KeepAsync(IReadOnlyCollection<WebhookOutcome> outcomes, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            // Each attempt adds new rows: those of a failed attempt already have keys.
            var keep = Math.Max(0, Kept - outcomes.Count);
            var oldest = await db.WebhookOutcomes.OrderByDescending(x => x.Id).Skip(keep).Take(ForgottenAtOnce).ToListAsync(cancellation);
            db.RemoveRange(oldest);
            db.AddRange(outcomes.Select(Copy));
        },
        cancellation);

    private static WebhookOutcome Copy(WebhookOutcome x) => new()
    {
        ReceivedAt = x.ReceivedAt,
        DeliveryId = x.DeliveryId,
        Event = x.Event,
        Action = x.Action,
        WorkflowJobId = x.WorkflowJobId,
        Entity = x.Entity,
        Outcome = x.Outcome,
        Reason = x.Reason,
        Details = x.Details,
        Status = x.Status,
    };

    private static WebhookDeliveryView ToView(WebhookOutcome x) => new()
    {
        Id = OrNull(x.DeliveryId),
        ReceivedAt = x.ReceivedAt,
        Event = OrNull(x.Event),
        Action = OrNull(x.Action),
        WorkflowJobId = x.WorkflowJobId,
        Entity = OrNull(x.Entity),
        Outcome = x.Outcome,
        Reason = OrNull(x.Reason),
        Details = OrNull(x.Details),
        Status = x.Status,
    };
}
