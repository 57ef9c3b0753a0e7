using Garm.Contracts.Entities;
using Garm.Data.Webhooks;
using Garm.Host.Http;
using Garm.Host.OpenApi;
using Garm.Host.Webhooks;

namespace Garm.Host.Api;

/// <summary><c>/webhook-deliveries</c>: shows why a job did not arrive. GARM has no such route.</summary>
internal static class WebhookDeliveriesApi
{
    private static readonly string[] Outcomes = [WebhookOutcomeStore.Accepted, WebhookOutcomeStore.Ignored, WebhookOutcomeStore.Refused];

    public static void MapWebhookDeliveries(this IEndpointRouteBuilder api) =>
        api.MapGet(
            "/webhook-deliveries",
            async (HttpContext context, WebhookDeliveryLog log, WebhookOutcomeStore store, CancellationToken cancellation) =>
            {
                var query = new ListQuery(context.Request.Query);
                var limit = query.Limit(WebhookOutcomeStore.Kept) ?? WebhookOutcomeStore.Kept;
                var outcome = query.Choices("outcome", Outcomes) is [var one, ..] ? one : null;
                await log.FlushAsync(cancellation);
                return ApiResponses.Json(await store.ListAsync(limit, outcome, cancellation));
            })
            .Describes("ListWebhookDeliveries", "webhooks")
            .WithSummary("List the last webhook deliveries.")
            .Query<int>("limit", $"1 to {WebhookOutcomeStore.Kept}, the number of stored deliveries")
            .Query<string>("outcome", string.Join(", ", Outcomes))
            .Answers<IReadOnlyList<WebhookDeliveryView>>();
}
