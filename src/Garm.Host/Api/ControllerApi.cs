using System.Net;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Controller;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/controller</c> and <c>/controller-info</c>.</summary>
internal static class ControllerApi
{
    public static void MapController(this IEndpointRouteBuilder api)
    {
        api.MapGet("/controller-info", ReadAsync)
            .Describes("ControllerInfo", "controllerInfo")
            .WithSummary("Get the controller's id and URLs.")
            .Answers<ControllerView>();
        api.MapGet("/controller", ReadAsync)
            .Describes("GetController", "controller")
            .WithSummary("Get the controller's settings.")
            .Answers<ControllerView>().WithMetadata(ApiRoute.Controller);

        api.MapPut("/controller", async (HttpContext context, ControllerStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.UpdateAsync(await context.ReadJsonAsync<UpdateControllerRequest>(), cancellation)))
            .Describes("UpdateController", "controller")
            .WithSummary("Update the controller's settings.")
            .Takes<UpdateControllerRequest>()
            .Answers<ControllerView>()
            .WithMetadata(ApiRoute.Controller);

        api.MapPost("/controller/tools/sync", async (ControllerStore store, CancellationToken cancellation) =>
            {
                await store.SyncToolsAsync(cancellation);
                return ApiResponses.EmptyJson;
            })
            .Describes("ForceToolsSync", "controller")
            .WithSummary("Synchronize the agent tools now.")
            .AnswersNothing()
            .WithMetadata(ApiRoute.Controller);
    }

    private static async Task<IResult> ReadAsync(ControllerStore store, CancellationToken cancellation) =>
        ApiResponses.Json(await store.GetAsync(cancellation) with { Hostname = Dns.GetHostName() });
}
