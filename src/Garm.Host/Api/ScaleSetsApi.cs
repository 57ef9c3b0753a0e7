using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Data.Owners;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/scalesets</c>, and the scale sets under an entity.</summary>
internal static class ScaleSetsApi
{
    public static void MapScaleSets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/scalesets", (ScaleSetStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(store.ListAsync(cancellation)))
            .Describes("ListScalesets", "scalesets")
            .WithSummary("List all scale sets.")
            .Answers<IReadOnlyList<ScaleSetView>>();

        api.MapGet("/scalesets/{scaleSetId}", async (string scaleSetId, ScaleSetStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(ApiRequests.NumberOrRefuse(scaleSetId), cancellation)))
            .Describes("GetScaleSet", "scalesets")
            .WithSummary("Get a scale set.")
            .Answers<ScaleSetView>();

        api.MapPut(
            "/scalesets/{scaleSetId}",
            async (string scaleSetId, HttpContext context, ScaleSetStore store, CancellationToken cancellation) =>
            {
                var id = ApiRequests.NumberOrRefuse(scaleSetId);
                return ApiResponses.Json(
                    await store.UpdateAsync(id, await context.ReadJsonAsync<UpdateScaleSetRequest>(), cancellation));
            })
            .Describes("UpdateScaleSet", "scalesets")
            .WithSummary("Update a scale set.")
            .Takes<UpdateScaleSetRequest>()
            .Answers<ScaleSetView>();

        api.MapDelete("/scalesets/{scaleSetId}", async (string scaleSetId, ScaleSetStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(ApiRequests.NumberOrRefuse(scaleSetId), cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeleteScaleSet", "scalesets")
            .WithSummary("Delete a scale set.")
            .AnswersNothing();

        api.MapGet(
            "/scalesets/{scaleSetId}/instances",
            (string scaleSetId, HttpContext context, InstanceLists lists, CancellationToken cancellation) =>
                ApiResponses.Pages(lists.ListOfScaleSetAsync(
                    ApiRequests.NumberOrRefuse(scaleSetId), new ListQuery(context.Request.Query).InstancesOfOne(), cancellation)))
            .Describes("ListScaleSetInstances", "instances")
            .WithSummary("List the runners of a scale set.")
            .Paged()
            .FiltersRunners()
            .Query<bool>("outdatedOnly", "only runners of an older generation")
            .Answers<IReadOnlyList<InstanceView>>();

        api.MapPost(
            "/scalesets/{scaleSetId}/instances",
            async (string scaleSetId, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                var id = ApiRequests.NumberOrRefuse(scaleSetId);
                return ApiResponses.Json(
                    await store.CreateInScaleSetAsync(id, await context.ReadJsonAsync<CreateInstanceRequest>(), cancellation));
            })
            .Describes("CreateScaleSetInstance", "instances")
            .WithSummary("Create a runner in a scale set.")
            .Takes<CreateInstanceRequest>()
            .Answers<InstanceView>();
    }

    /// <summary>
    /// The jobs of scale sets. Newer versions of GARM have the lists; reporting a job is the hub's own, for runner providers.
    /// </summary>
    public static void MapScaleSetJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/scalesets/jobs", (ScaleSetJobStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(store.ListAsync(null, cancellation)))
            .Describes("ListAllScaleSetJobs", "scalesets")
            .WithSummary("List the jobs of all scale sets.")
            .Answers<IReadOnlyList<ScaleSetJobView>>();

        api.MapGet("/scalesets/{scaleSetId}/jobs", (string scaleSetId, ScaleSetJobStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(store.ListAsync(ApiRequests.NumberOrRefuse(scaleSetId), cancellation)))
            .Describes("ListScaleSetJobs", "scalesets")
            .WithSummary("List the jobs of a scale set.")
            .Answers<IReadOnlyList<ScaleSetJobView>>();

        api.MapPost(
            "/scalesets/{scaleSetId}/jobs",
            async (string scaleSetId, HttpContext context, ScaleSetJobStore store, CancellationToken cancellation) =>
            {
                var id = ApiRequests.NumberOrRefuse(scaleSetId);
                return ApiResponses.Json(
                    await store.ReportAsync(id, await context.ReadJsonAsync<ScaleSetJobRequest>(), cancellation));
            })
            .Describes("ReportScaleSetJob", "scalesets")
            .WithSummary("Report what the forge says of a scale set's job.")
            .Takes<ScaleSetJobRequest>()
            .Answers<JobView>();
    }

    /// <summary>The routes below <c>/{entityId}/scalesets</c>.</summary>
    public static void MapEntityScaleSets(this RouteGroupBuilder entities, EntityKind kind)
    {
        var words = EntityOperationNames.Of(kind);

        entities.MapGet("/{entityId}/scalesets", async (string entityId, ScaleSetStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(await store.ListAsync(kind, entityId, cancellation)))
            .Describes($"List{words.One}ScaleSets", words.Tag, "scalesets")
            .WithSummary($"List the scale sets of {words.ANoun}.")
            .Answers<IReadOnlyList<ScaleSetView>>();

        entities.MapPost(
            "/{entityId}/scalesets",
            async (string entityId, HttpContext context, ScaleSetStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateScaleSetRequest>();
                return ApiResponses.Json(await store.CreateAsync(kind, entityId, request, cancellation));
            })
            .Describes($"Create{words.One}ScaleSet", words.Tag, "scalesets")
            .WithSummary($"Create a scale set in {words.ANoun}.")
            .Takes<CreateScaleSetRequest>()
            .Answers<ScaleSetView>();
    }
}
