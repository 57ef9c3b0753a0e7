using Garm.Data;
using Garm.Data.Controller;
using Garm.Data.Model;
using Garm.Data.Webhooks;
using Garm.Host.Http;
using Garm.Host.Logs;
using Garm.Host.OpenApi;
using Garm.Host.Webhooks;

namespace Garm.Host.Api;

/// <summary>
/// <c>/webhooks</c>, for forges, which are authenticated by their signatures. Any method is accepted, as in GARM, which looks only at
/// the headers.
/// </summary>
internal static class WebhooksApi
{
    private const string Path = "/webhooks";
    private const string WorkflowJob = "workflow_job";
    private const string EventHeader = "X-Github-Event";
    private const string GiteaHook = "X-Gitea-Hook-Installation-Target-Type";

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        const string ofController = $"{Path}/{{controllerId}}";
        routes.MapPost(Path, (Delegate)((HttpContext context) => AnswerAsync(context, null))).DescribesWebhook("TakeWebhook", "Take a webhook delivery.");
        routes.MapPost(ofController, (string controllerId, HttpContext context) => AnswerAsync(context, controllerId))
            .DescribesWebhook("TakeControllerWebhook", "Take a webhook delivery for a controller's id.");

        // All other methods.
        routes.Map(Path, context => AnswerAsync(context, null));
        routes.Map(ofController, context => AnswerAsync(context, (string?)context.Request.RouteValues["controllerId"]));
    }

    private static void DescribesWebhook(this RouteHandlerBuilder route, string id, string summary) => route
        .Describes(id, "webhooks")
        .WithSummary(summary)
        .Takes<object>()
        .Header(EventHeader, "only workflow_job is processed", required: true)
        .Header("X-Hub-Signature-256", "HMAC of the body, with the entity's webhook secret")
        .Header("X-Github-Hook-Installation-Target-Type", "repository, organization or business")
        .Header("X-Github-Delivery", "a delivery that was accepted before changes nothing")
        .Header(GiteaHook, "present when Gitea sends it")
        .Header("X-Gitea-Delivery", "as X-Github-Delivery")
        .AnswersNothing();

    private static async Task AnswerAsync(HttpContext context, string? controllerId)
    {
        var report = new DeliveryReport();
        try
        {
            CursorHeader.Observe(context);
            await TakeAsync(context, controllerId, report);
        }
        catch (GarmException refusal)
        {
            if (report.Reason.Length == 0) report.Refused(refusal);
            context.RequestServices.GetRequiredService<ILogger<WebhookStore>>().TellCause(context, refusal);
            await ApiError.Of(refusal).WriteAsync(context);
        }
        catch (BadHttpRequestException refusal)
        {
            report.Refused(DeliveryReasons.PayloadInvalid, refusal.Message);
            await new ApiError(refusal.StatusCode, "Bad Request", refusal.Message).WriteAsync(context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            report.Refused(DeliveryReasons.Unknown, "this hub failed; its log says why");
            context.RequestServices.GetRequiredService<ILogger<WebhookStore>>()
                .LogError(HostLogEvents.RequestFailed, e, "{Method} {Path} failed", context.Request.Method, Path);
            await (DatabaseFaults.AnswerOf(context, e) ?? ApiError.ServerError).WriteAsync(context);
        }

        var headers = context.Request.Headers;
        context.RequestServices.GetRequiredService<WebhookDeliveryLog>().Tell(
            headers[DeliveryHeader(context)].ToString(), headers[EventHeader].ToString(), report, context.Response.StatusCode);
    }

    private static async Task TakeAsync(HttpContext context, string? controllerId, DeliveryReport report)
    {
        var eventName = context.Request.Headers[EventHeader].ToString();
        if (eventName != WorkflowJob)
        {
            report.Ignored(
                DeliveryReasons.EventIgnored,
                eventName.Length == 0 ? $"it has no {EventHeader} header" : $"only {WorkflowJob} is accepted: configure the webhook to send workflow jobs");
            return;
        }

        if (controllerId is not null && await ControllerIdAsync(context) is var own && controllerId != own)
        {
            report.Ignored(DeliveryReasons.ControllerUnknown, $"it was sent to the controller {controllerId}, but this one is {own}");
            return;
        }

        var delivery = await ReadAsync(context, report);
        await context.RequestServices.GetRequiredService<WebhookStore>().TakeAsync(delivery, context.RequestAborted);
    }

    private static async Task<WorkflowJobDelivery> ReadAsync(HttpContext context, DeliveryReport report)
    {
        var headers = context.Request.Headers;
        var giteaHook = headers[GiteaHook].ToString();
        var body = await ApiRequests.ReadBodyAsync(context, "invalid post body: http: request body too large");
        RefuseForm(context, body, report);
        return new WorkflowJobDelivery
        {
            ForgeType = IsGitea(context) ? ForgeTypes.Gitea : ForgeTypes.Github,
            HookType = IsGitea(context) ? giteaHook : headers["X-Github-Hook-Installation-Target-Type"].ToString(),
            Signature = headers["X-Hub-Signature-256"],
            DeliveryId = headers[DeliveryHeader(context)],
            Body = body,
            Report = report,
        };
    }

    // Forges also offer a form, some as the default. The content type is ignored: JSON that is labelled as a form is accepted.
    private static void RefuseForm(HttpContext context, ReadOnlySpan<byte> body, DeliveryReport report)
    {
        if (!body.StartsWith("payload="u8)) return;
        const string words = "the delivery is form-encoded (application/x-www-form-urlencoded): set the webhook's content type to application/json at the forge";
        report.Refused(DeliveryReasons.FormEncoded, words);
        throw GarmException.BadRequest(words);
    }

    private static bool IsGitea(HttpContext context) => context.Request.Headers[GiteaHook].ToString().Length > 0;

    private static string DeliveryHeader(HttpContext context) => IsGitea(context) ? "X-Gitea-Delivery" : "X-Github-Delivery";

    private static async Task<string?> ControllerIdAsync(HttpContext context) =>
        (await context.RequestServices.GetRequiredService<ControllerStore>().GetAsync(context.RequestAborted)).ControllerId;
}
