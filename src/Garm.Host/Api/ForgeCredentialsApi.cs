using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Model;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary>
/// <c>/github/credentials</c>, with the older address <c>/credentials</c> of its list, and <c>/gitea/credentials</c>.
/// </summary>
internal static class ForgeCredentialsApi
{
    private const string Tag = "credentials";

    public static void MapForgeCredentials(this IEndpointRouteBuilder api)
    {
        api.MapForge<GithubCredentialsStore, GithubCredentials, CreateGithubCredentialsRequest, UpdateGithubCredentialsRequest>(
            "/github/credentials", "",
            (store, request, cancellation) => store.CreateAsync(request, cancellation),
            (store, id, request, cancellation) => store.UpdateAsync(id, request, cancellation));
        api.MapList<GithubCredentialsStore, GithubCredentials>("/credentials", "ListCredentialsOlder", "List all GitHub credentials, at the former address.");
        api.MapForge<GiteaCredentialsStore, GiteaCredentials, CreateGiteaCredentialsRequest, UpdateGiteaCredentialsRequest>(
            "/gitea/credentials", "Gitea",
            (store, request, cancellation) => store.CreateAsync(request, cancellation),
            (store, id, request, cancellation) => store.UpdateAsync(id, request, cancellation));
    }

    private static void MapList<TStore, TCredentials>(this IEndpointRouteBuilder api, string path, string operation, string summary)
        where TStore : ForgeCredentialsStore<TCredentials>
        where TCredentials : ForgeCredentials, new() => api
        .MapGet(path, async (HttpContext context, CancellationToken cancellation) =>
            ApiResponses.JsonOrNull(await context.Service<TStore>().ListAsync(cancellation)))
        .Describes(operation, Tag)
        .WithSummary(summary)
        .AnswersListOrNull<CredentialsView>();

    private static void MapForge<TStore, TCredentials, TCreate, TUpdate>(
        this IEndpointRouteBuilder api, string path, string forge,
        Func<TStore, TCreate, CancellationToken, Task<CredentialsView>> create,
        Func<TStore, long, TUpdate, CancellationToken, Task<CredentialsView>> update)
        where TStore : ForgeCredentialsStore<TCredentials>
        where TCredentials : ForgeCredentials, new()
        where TCreate : new()
        where TUpdate : new()
    {
        var forgeName = forge.Length > 0 ? forge : "GitHub";
        api.MapList<TStore, TCredentials>(path, $"List{forge}Credentials", $"List all {forgeName} credentials.");

        api.MapPost(path, async (HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await create(context.Service<TStore>(), await context.ReadJsonAsync<TCreate>(), cancellation)))
            .Describes($"Create{forge}Credentials", Tag)
            .WithSummary($"Create {forgeName} credentials.")
            .Takes<TCreate>()
            .Answers<CredentialsView>();

        api.MapGet($"{path}/{{id}}", async (string id, HttpContext context, CancellationToken cancellation) =>
            ApiResponses.Json(await context.Service<TStore>().GetAsync(ApiRequests.KeyOrRefuse(id), cancellation)))
            .Describes($"Get{forge}Credentials", Tag)
            .WithSummary($"Get {forgeName} credentials.")
            .Answers<CredentialsView>();

        api.MapPut($"{path}/{{id}}", async (string id, HttpContext context, CancellationToken cancellation) =>
        {
            var key = ApiRequests.KeyOrRefuse(id);
            return ApiResponses.Json(await update(context.Service<TStore>(), key, await context.ReadJsonAsync<TUpdate>(), cancellation));
        })
            .Describes($"Update{forge}Credentials", Tag)
            .WithSummary($"Update {forgeName} credentials.")
            .Takes<TUpdate>()
            .Answers<CredentialsView>();

        api.MapDelete($"{path}/{{id}}", async (string id, HttpContext context, CancellationToken cancellation) =>
        {
            await context.Service<TStore>().DeleteAsync(ApiRequests.KeyOrRefuse(id), cancellation);
            return ApiResponses.NoContent;
        })
            .Describes($"Delete{forge}Credentials", Tag)
            .WithSummary($"Delete {forgeName} credentials.")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }
}
