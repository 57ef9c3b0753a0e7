using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Endpoints;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/github/endpoints</c> and <c>/gitea/endpoints</c>.</summary>
internal static class ForgeEndpointsApi
{
    public static void MapForgeEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapForge<GithubEndpointStore, CreateGithubEndpointRequest, UpdateGithubEndpointRequest>(
            "/github/endpoints", "Github",
            (store, request, cancellation) => store.CreateAsync(request, cancellation),
            (store, name, request, cancellation) => store.UpdateAsync(name, request, cancellation));
        api.MapForge<GiteaEndpointStore, CreateGiteaEndpointRequest, UpdateGiteaEndpointRequest>(
            "/gitea/endpoints", "Gitea",
            (store, request, cancellation) => store.CreateAsync(request, cancellation),
            (store, name, request, cancellation) => store.UpdateAsync(name, request, cancellation));
    }

    private static void MapForge<TStore, TCreate, TUpdate>(
        this IEndpointRouteBuilder api, string path, string forge,
        Func<TStore, TCreate, CancellationToken, Task<EndpointView>> create,
        Func<TStore, string, TUpdate, CancellationToken, Task<EndpointView>> update)
        where TStore : ForgeEndpointStore
        where TCreate : new()
        where TUpdate : new()
    {
        const string tag = "endpoints";
        var forgeName = forge == "Github" ? "GitHub" : forge;
        api.MapGet(path, async (HttpContext context, CancellationToken cancellation) =>
            ApiResponses.JsonOrNull(await context.Service<TStore>().ListAsync(cancellation)))
            .Describes($"List{forge}Endpoints", tag)
            .WithSummary($"List all {forgeName} endpoints.")
            .AnswersListOrNull<EndpointView>();

        api.MapPost(path, async (HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await create(context.Service<TStore>(), await context.ReadJsonAsync<TCreate>(), cancellation)))
            .Describes($"Create{forge}Endpoint", tag)
            .WithSummary($"Create a {forgeName} endpoint.")
            .Takes<TCreate>()
            .Answers<EndpointView>();

        api.MapGet($"{path}/{{name}}", async (string name, HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await context.Service<TStore>().GetAsync(name, cancellation)))
            .Describes($"Get{forge}Endpoint", tag)
            .WithSummary($"Get a {forgeName} endpoint.")
            .Answers<EndpointView>();

        api.MapPut($"{path}/{{name}}", async (string name, HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await update(context.Service<TStore>(), name, await context.ReadJsonAsync<TUpdate>(), cancellation)))
            .Describes($"Update{forge}Endpoint", tag)
            .WithSummary($"Update a {forgeName} endpoint.")
            .Takes<TUpdate>()
            .Answers<EndpointView>();

        api.MapDelete($"{path}/{{name}}", async (string name, HttpContext context, CancellationToken cancellation) =>
        {
            await context.Service<TStore>().DeleteAsync(name, cancellation);
            return ApiResponses.NoContent;
        })
            .Describes($"Delete{forge}Endpoint", tag)
            .WithSummary($"Delete a {forgeName} endpoint.")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }
}
