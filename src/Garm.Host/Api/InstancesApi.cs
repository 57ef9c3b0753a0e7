using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Owners;
using Garm.Data.Runners;
using Garm.Host.Authentication;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/instances</c>, and the runners of pools and entities. GARM has no routes to create or update a runner or to request its token;
/// runner providers call them.
/// </summary>
internal static class InstancesApi
{
    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        api.MapGet("/instances", (HttpContext context, InstanceLists lists, CancellationToken cancellation) =>
            ApiResponses.Pages(lists.ListAsync(new ListQuery(context.Request.Query).Instances(), cancellation)))
            .Describes("ListInstances", "instances")
            .WithSummary("List all runners.")
            .Paged()
            .FiltersRunners()
            .FiltersPools()
            .FiltersOwners()
            .Answers<IReadOnlyList<InstanceView>>();

        api.MapGet("/instances/{name}", async (string name, InstanceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(name, cancellation)))
            .Describes("GetInstance", "instances")
            .WithSummary("Get a runner.")
            .Answers<InstanceView>();

        api.MapPut(
            "/instances/{name}",
            async (string name, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdateInstanceRequest>();
                return ApiResponses.Json(await store.UpdateAsync(name, request, cancellation));
            })
            .Describes("UpdateInstance", "instances")
            .WithSummary("Update a runner.")
            .Takes<UpdateInstanceRequest>()
            .Answers<InstanceView>();

        // "bypassGHUnauthorized" is accepted and has no effect, because the hub calls no forge.
        api.MapDelete(
            "/instances/{name}",
            async (string name, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(name, context.Request.Flag("forceRemove"), cancellation);
                return ApiResponses.EmptyJson;
            })
            .Describes("DeleteInstance", "instances")
            .WithSummary("Ask for the deletion of a runner.")
            .Query<bool>("forceRemove", "ignore the provider's errors")
            .Query<bool>("bypassGHUnauthorized", "no effect: the hub calls no forge")
            .AnswersNothing();

        api.MapPost(
            "/instances/{name}/token",
            async (string name, RunnerStore store, TokenService tokens, CancellationToken cancellation) =>
                ApiResponses.Json(new TokenAnswer(tokens.Create(await store.RequireAsync(name, cancellation)))))
            .Describes("CreateInstanceToken", "instances")
            .WithSummary("Create a token for a runner.")
            .Answers<TokenAnswer>();

        api.MapGet(
            "/pools/{poolId}/instances",
            (string poolId, HttpContext context, InstanceLists lists, CancellationToken cancellation) => ApiResponses.Pages(
                lists.ListOfPoolAsync(poolId, new ListQuery(context.Request.Query).InstancesOfOne(), cancellation)))
            .Describes("ListPoolInstances", "instances")
            .WithSummary("List the runners of a pool.")
            .Paged()
            .FiltersRunners()
            .Query<bool>("outdatedOnly", "only runners of an older generation")
            .Answers<IReadOnlyList<InstanceView>>();

        api.MapPost(
            "/pools/{poolId}/instances",
            async (string poolId, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateInstanceRequest>();
                return ApiResponses.Json(await store.CreateInPoolAsync(poolId, request, cancellation));
            })
            .Describes("CreatePoolInstance", "instances")
            .WithSummary("Create a runner in a pool.")
            .Takes<CreateInstanceRequest>()
            .Answers<InstanceView>();
    }

    /// <summary><c>/{entityId}/instances</c>.</summary>
    public static void MapEntityInstances(this RouteGroupBuilder entities, EntityKind kind)
    {
        var words = EntityOperationNames.Of(kind);

        entities.MapGet(
            "/{entityId}/instances",
            async (string entityId, HttpContext context, InstanceLists lists, CancellationToken cancellation) => ApiResponses.Pages(
                await lists.ListAsync(kind, entityId, new ListQuery(context.Request.Query).InstancesOfEntity(), cancellation)))
            .Describes($"List{words.One}Instances", words.Tag, "instances")
            .WithSummary($"List the runners of {words.ANoun}.")
            .Paged()
            .FiltersRunners()
            .FiltersPools()
            .Answers<IReadOnlyList<InstanceView>>();
    }
}
