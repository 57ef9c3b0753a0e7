using Garm.Data;
using Garm.Data.Entities;
using Garm.Data.Stores;
using Garm.Data.Webhooks;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/webhooks</c>, for forges: they are known by their signatures. Any method will do, as in GARM, which looks at the headers
/// only.
/// </summary>
internal static class WebhooksApi
{
    private const string Path = "/webhooks";
    private const string WorkflowJob = "workflow_job";

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        const string ofController = $"{Path}/{{controllerId}}";
        routes.MapPost(Path, (Delegate)((HttpContext context) => TakeAsync(context, null))).DescribesWebhook("TakeWebhook");
        routes.MapPost(ofController, (string controllerId, HttpContext context) => TakeAsync(context, controllerId))
            .DescribesWebhook("TakeControllerWebhook");

        // Whatever else is sent there.
        routes.Map(Path, context => TakeAsync(context, null));
        routes.Map(ofController, context => TakeAsync(context, (string?)context.Request.RouteValues["controllerId"]));
    }

    private static void DescribesWebhook(this RouteHandlerBuilder route, string id) => route
        .Describes(id, "webhooks")
        .Takes<object>()
        .Header("X-Github-Event", "only workflow_job is looked at", required: true)
        .Header("X-Hub-Signature-256", "HMAC of the body, with the entity's webhook secret")
        .Header("X-Github-Hook-Installation-Target-Type", "repository, organization or business")
        .Header("X-Github-Delivery", "a delivery that was taken before changes nothing")
        .Header("X-Gitea-Hook-Installation-Target-Type", "present when Gitea sends it")
        .Header("X-Gitea-Delivery", "as X-Github-Delivery")
        .AnswersNothing();

    private static async Task TakeAsync(HttpContext context, string? controllerId)
    {
        try
        {
            CursorHeader.Tell(context);
            if (context.Request.Headers["X-Github-Event"] != WorkflowJob) return;
            if (controllerId is not null && controllerId != await ControllerIdAsync(context)) return;
            var delivery = await ReadAsync(context);
            await context.RequestServices.GetRequiredService<WebhookStore>().TakeAsync(delivery, context.RequestAborted);
        }
        catch (GarmException refusal)
        {
            context.RequestServices.GetRequiredService<ILogger<WebhookStore>>().TellCause(context, refusal);
            await ApiError.Of(refusal).WriteAsync(context);
        }
        catch (BadHttpRequestException refusal)
        {
            await new ApiError(refusal.StatusCode, "Bad Request", refusal.Message).WriteAsync(context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.RequestServices.GetRequiredService<ILogger<WebhookStore>>()
                .LogError(HostLogEvents.RequestFailed, e, "{Method} {Path} failed", context.Request.Method, Path);
            await (DatabaseFaults.AnswerOf(context, e) ?? ApiError.ServerError).WriteAsync(context);
        }
    }

    private static async Task<WorkflowJobDelivery> ReadAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var giteaHook = headers["X-Gitea-Hook-Installation-Target-Type"].ToString();
        var isGitea = giteaHook.Length > 0;
        return new WorkflowJobDelivery
        {
            ForgeType = isGitea ? ForgeTypes.Gitea : ForgeTypes.Github,
            HookType = isGitea ? giteaHook : headers["X-Github-Hook-Installation-Target-Type"].ToString(),
            Signature = headers["X-Hub-Signature-256"],
            DeliveryId = headers[isGitea ? "X-Gitea-Delivery" : "X-Github-Delivery"],
            Body = await ApiRequests.ReadBodyAsync(context, "invalid post body: http: request body too large"),
        };
    }

    private static async Task<string?> ControllerIdAsync(HttpContext context) =>
        (await context.RequestServices.GetRequiredService<ControllerStore>().GetAsync(context.RequestAborted)).ControllerId;
}
