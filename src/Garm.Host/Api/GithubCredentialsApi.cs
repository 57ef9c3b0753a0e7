using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/github/credentials</c>, and <c>/credentials</c>, its list's older address.</summary>
internal static class GithubCredentialsApi
{
    public static void MapGithubCredentials(this IEndpointRouteBuilder api)
    {
        api.MapGet("/github/credentials", ListAsync)
            .Describes("ListCredentials", "credentials")
            .AnswersListOrNull<CredentialsView>();
        api.MapGet("/credentials", ListAsync)
            .Describes("ListCredentialsOlder", "credentials")
            .AnswersListOrNull<CredentialsView>();

        api.MapPost(
            "/github/credentials",
            async (HttpContext context, GithubCredentialsStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateGithubCredentialsRequest>();
                return ApiResponses.Json(await store.CreateAsync(request, cancellation));
            })
            .Describes("CreateCredentials", "credentials")
            .Takes<CreateGithubCredentialsRequest>()
            .Answers<CredentialsView>();

        api.MapGet(
            "/github/credentials/{id}", async (string id, GithubCredentialsStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.GetAsync(ApiRequests.KeyOrRefuse(id), cancellation)))
            .Describes("GetCredentials", "credentials")
            .Answers<CredentialsView>();

        api.MapPut(
            "/github/credentials/{id}",
            async (string id, HttpContext context, GithubCredentialsStore store, CancellationToken cancellation) =>
            {
                var number = ApiRequests.KeyOrRefuse(id);
                var request = await context.ReadJsonAsync<UpdateGithubCredentialsRequest>();
                return ApiResponses.Json(await store.UpdateAsync(number, request, cancellation));
            })
            .Describes("UpdateCredentials", "credentials")
            .Takes<UpdateGithubCredentialsRequest>()
            .Answers<CredentialsView>();

        api.MapDelete(
            "/github/credentials/{id}", async (string id, GithubCredentialsStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(ApiRequests.KeyOrRefuse(id), cancellation);
                return ApiResponses.NoContent;
            })
            .Describes("DeleteCredentials", "credentials")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(GithubCredentialsStore store, CancellationToken cancellation) =>
        ApiResponses.JsonOrNull(await store.ListAsync(cancellation));
}
