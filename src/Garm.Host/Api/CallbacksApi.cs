using Garm.Contracts.Requests;
using Garm.Data.Runners;
using Garm.Host.Authentication;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/callbacks</c>: what runners report, with their own token.</summary>
internal static class CallbacksApi
{
    public static void MapCallbacks(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/callbacks").WithMetadata(ApiRoute.Runner);

        group.MapPost("/status", async (HttpContext context, RunnerStore store, CancellationToken cancellation) =>
        {
            var report = await context.ReadJsonAsync<InstanceStatusRequest>();
            await store.ReportAsync(context.Runner().InstanceId, report, cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("ReportStatus", "callbacks")
            .WithSummary("Report a runner's status.")
            .Takes<InstanceStatusRequest>()
            .AnswersNothing();

        group.MapPost("/system-info", async (HttpContext context, RunnerStore store, CancellationToken cancellation) =>
        {
            var report = await context.ReadJsonAsync<InstanceSystemInfoRequest>();
            await store.ReportAsync(context.Runner().InstanceId, report, cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("ReportSystemInfo", "callbacks")
            .WithSummary("Report a runner's operating system.")
            .Takes<InstanceSystemInfoRequest>()
            .AnswersNothing();
    }
}
