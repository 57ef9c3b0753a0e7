using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/pools</c>, and the pools under an entity.</summary>
internal static class PoolsApi
{
    public static void MapPools(this IEndpointRouteBuilder api)
    {
        api.MapGet("/pools", (PoolStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(store.ListAsync(cancellation)))
            .Describes("ListPools", "pools")
            .WithSummary("List all pools.")
            .Answers<IReadOnlyList<PoolView>>();

        api.MapGet("/pools/{poolId}", async (string poolId, PoolStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(poolId, cancellation)))
            .Describes("GetPool", "pools")
            .WithSummary("Get a pool.")
            .Answers<PoolView>();

        api.MapPut(
            "/pools/{poolId}",
            async (string poolId, HttpContext context, PoolStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdatePoolRequest>();
                return ApiResponses.Json(await store.UpdateAsync(poolId, request, cancellation));
            })
            .Describes("UpdatePool", "pools")
            .WithSummary("Update a pool.")
            .Takes<UpdatePoolRequest>()
            .Answers<PoolView>();

        api.MapDelete("/pools/{poolId}", async (string poolId, PoolStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(poolId, cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeletePool", "pools")
            .WithSummary("Delete a pool.")
            .AnswersNothing();
    }

    /// <summary>The routes below <c>/{entityId}/pools</c>.</summary>
    public static void MapEntityPools(this RouteGroupBuilder entities, EntityKind kind)
    {
        var group = entities.MapGroup("/{entityId}/pools");
        var words = EntityOperationNames.Of(kind);

        group.MapGet("", async (string entityId, PoolStore store, CancellationToken cancellation) =>
            ApiResponses.Pages(await store.ListAsync(kind, entityId, cancellation)))
            .Describes($"List{words.One}Pools", words.Tag, "pools")
            .WithSummary($"List the pools of {words.ANoun}.")
            .Answers<IReadOnlyList<PoolView>>();

        group.MapPost("", async (string entityId, HttpContext context, PoolStore store, CancellationToken cancellation) =>
        {
            var request = await context.ReadJsonAsync<CreatePoolRequest>();
            return ApiResponses.Json(await store.CreateAsync(kind, entityId, request, cancellation));
        })
            .Describes($"Create{words.One}Pool", words.Tag, "pools")
            .WithSummary($"Create a pool in {words.ANoun}.")
            .Takes<CreatePoolRequest>()
            .Answers<PoolView>();

        group.MapGet(
            "/{poolId}",
            async (string entityId, string poolId, PoolStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.GetAsync(kind, entityId, poolId, cancellation)))
            .Describes($"Get{words.One}Pool", words.Tag, "pools")
            .WithSummary($"Get a pool of {words.ANoun}.")
            .Answers<PoolView>();

        group.MapPut(
            "/{poolId}",
            async (string entityId, string poolId, HttpContext context, PoolStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdatePoolRequest>();
                return ApiResponses.Json(await store.UpdateAsync(kind, entityId, poolId, request, cancellation));
            })
            .Describes($"Update{words.One}Pool", words.Tag, "pools")
            .WithSummary($"Update a pool of {words.ANoun}.")
            .Takes<UpdatePoolRequest>()
            .Answers<PoolView>();

        group.MapDelete(
            "/{poolId}",
            async (string entityId, string poolId, PoolStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(kind, entityId, poolId, cancellation);
                return ApiResponses.EmptyJson;
            })
            .Describes($"Delete{words.One}Pool", words.Tag, "pools")
            .WithSummary($"Delete a pool of {words.ANoun}.")
            .AnswersNothing();
    }
}
