using Garm.Contracts.Requests;
using Garm.Data.Stores;
using Garm.Host.Authentication;

namespace Garm.Host.Api;

/// <summary>
/// <c>/instances</c>, and the runners of pools and entities. Making, moving and giving a token are this hub's: whoever provides
/// the runners calls them.
/// </summary>
internal static class InstancesApi
{
    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        api.MapGet("/instances", async (InstanceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)));

        api.MapGet("/instances/{name}", async (string name, InstanceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(name, cancellation)));

        api.MapPut(
            "/instances/{name}",
            async (string name, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdateInstanceRequest>();
                return ApiResponses.Json(await store.UpdateAsync(name, request, cancellation));
            });

        // "bypassGHUnauthorized" is accepted and has nothing to bypass: the hub calls no forge.
        api.MapDelete(
            "/instances/{name}",
            async (string name, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(name, context.Request.Flag("forceRemove"), cancellation);
                return ApiResponses.EmptyJson;
            });

        api.MapPost(
            "/instances/{name}/token",
            async (string name, RunnerStore store, TokenService tokens, CancellationToken cancellation) =>
                ApiResponses.Json(new TokenAnswer(tokens.Create(await store.RequireAsync(name, cancellation)))));

        api.MapGet(
            "/pools/{poolId}/instances",
            async (string poolId, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.ListOfPoolAsync(poolId, context.Request.Flag("outdatedOnly"), cancellation)));

        api.MapPost(
            "/pools/{poolId}/instances",
            async (string poolId, HttpContext context, InstanceStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateInstanceRequest>();
                return ApiResponses.Json(await store.CreateInPoolAsync(poolId, request, cancellation));
            });
    }

    /// <summary><c>/{entityId}/instances</c>.</summary>
    public static void MapEntityInstances(this RouteGroupBuilder entities, EntityKind kind) => entities.MapGet(
        "/{entityId}/instances",
        async (string entityId, InstanceStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(kind, entityId, cancellation)));
}
