using Garm.Contracts.Requests;
using Garm.Data.Stores;

namespace Garm.Host.Api;

/// <summary><c>/pools</c>, and the pools under an entity.</summary>
internal static class PoolsApi
{
    public static void MapPools(this IEndpointRouteBuilder api)
    {
        api.MapGet("/pools", async (PoolStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)));

        api.MapGet("/pools/{poolId}", async (string poolId, PoolStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(poolId, cancellation)));

        api.MapPut(
            "/pools/{poolId}",
            async (string poolId, HttpContext context, PoolStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdatePoolRequest>();
                return ApiResponses.Json(await store.UpdateAsync(poolId, request, cancellation));
            });

        api.MapDelete("/pools/{poolId}", async (string poolId, PoolStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(poolId, cancellation);
            return ApiResponses.EmptyJson;
        });
    }

    /// <summary>The routes below <c>/{entityId}/pools</c>.</summary>
    public static void MapEntityPools(this RouteGroupBuilder entities, EntityKind kind)
    {
        var group = entities.MapGroup("/{entityId}/pools");

        group.MapGet("", async (string entityId, PoolStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(kind, entityId, cancellation)));

        group.MapPost("", async (string entityId, HttpContext context, PoolStore store, CancellationToken cancellation) =>
        {
            var request = await context.ReadJsonAsync<CreatePoolRequest>();
            return ApiResponses.Json(await store.CreateAsync(kind, entityId, request, cancellation));
        });

        group.MapGet(
            "/{poolId}",
            async (string entityId, string poolId, PoolStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.GetAsync(kind, entityId, poolId, cancellation)));

        group.MapPut(
            "/{poolId}",
            async (string entityId, string poolId, HttpContext context, PoolStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdatePoolRequest>();
                return ApiResponses.Json(await store.UpdateAsync(kind, entityId, poolId, request, cancellation));
            });

        group.MapDelete(
            "/{poolId}",
            async (string entityId, string poolId, PoolStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(kind, entityId, poolId, cancellation);
                return ApiResponses.EmptyJson;
            });
    }
}
