using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Endpoints;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/gitea/endpoints</c>.</summary>
internal static class GiteaEndpointsApi
{
    public static void MapGiteaEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/gitea/endpoints", async (GiteaEndpointStore store, CancellationToken cancellation) =>
            ApiResponses.JsonOrNull(await store.ListAsync(cancellation)))
            .Describes("ListGiteaEndpoints", "endpoints")
            .AnswersListOrNull<EndpointView>();

        api.MapPost(
            "/gitea/endpoints",
            async (HttpContext context, GiteaEndpointStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateGiteaEndpointRequest>();
                return ApiResponses.Json(await store.CreateAsync(request, cancellation));
            })
            .Describes("CreateGiteaEndpoint", "endpoints")
            .Takes<CreateGiteaEndpointRequest>()
            .Answers<EndpointView>();

        api.MapGet(
            "/gitea/endpoints/{name}", async (string name, GiteaEndpointStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.GetAsync(name, cancellation)))
            .Describes("GetGiteaEndpoint", "endpoints")
            .Answers<EndpointView>();

        api.MapPut(
            "/gitea/endpoints/{name}",
            async (string name, HttpContext context, GiteaEndpointStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdateGiteaEndpointRequest>();
                return ApiResponses.Json(await store.UpdateAsync(name, request, cancellation));
            })
            .Describes("UpdateGiteaEndpoint", "endpoints")
            .Takes<UpdateGiteaEndpointRequest>()
            .Answers<EndpointView>();

        api.MapDelete(
            "/gitea/endpoints/{name}", async (string name, GiteaEndpointStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(name, cancellation);
                return ApiResponses.NoContent;
            })
            .Describes("DeleteGiteaEndpoint", "endpoints")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }
}
