using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Endpoints;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/github/endpoints</c>.</summary>
internal static class GithubEndpointsApi
{
    public static void MapGithubEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/github/endpoints", async (GithubEndpointStore store, CancellationToken cancellation) =>
            ApiResponses.JsonOrNull(await store.ListAsync(cancellation)))
            .Describes("ListGithubEndpoints", "endpoints")
            .AnswersListOrNull<EndpointView>();

        api.MapPost(
            "/github/endpoints",
            async (HttpContext context, GithubEndpointStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateGithubEndpointRequest>();
                return ApiResponses.Json(await store.CreateAsync(request, cancellation));
            })
            .Describes("CreateGithubEndpoint", "endpoints")
            .Takes<CreateGithubEndpointRequest>()
            .Answers<EndpointView>();

        api.MapGet(
            "/github/endpoints/{name}", async (string name, GithubEndpointStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.GetAsync(name, cancellation)))
            .Describes("GetGithubEndpoint", "endpoints")
            .Answers<EndpointView>();

        api.MapPut(
            "/github/endpoints/{name}",
            async (string name, HttpContext context, GithubEndpointStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<UpdateGithubEndpointRequest>();
                return ApiResponses.Json(await store.UpdateAsync(name, request, cancellation));
            })
            .Describes("UpdateGithubEndpoint", "endpoints")
            .Takes<UpdateGithubEndpointRequest>()
            .Answers<EndpointView>();

        api.MapDelete(
            "/github/endpoints/{name}", async (string name, GithubEndpointStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(name, cancellation);
                return ApiResponses.NoContent;
            })
            .Describes("DeleteGithubEndpoint", "endpoints")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }
}
