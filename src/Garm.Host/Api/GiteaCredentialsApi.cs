using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/gitea/credentials</c>.</summary>
internal static class GiteaCredentialsApi
{
    public static void MapGiteaCredentials(this IEndpointRouteBuilder api)
    {
        api.MapGet("/gitea/credentials", async (GiteaCredentialsStore store, CancellationToken cancellation) =>
            ApiResponses.JsonOrNull(await store.ListAsync(cancellation)))
            .Describes("ListGiteaCredentials", "credentials")
            .AnswersListOrNull<CredentialsView>();

        api.MapPost(
            "/gitea/credentials",
            async (HttpContext context, GiteaCredentialsStore store, CancellationToken cancellation) =>
            {
                var request = await context.ReadJsonAsync<CreateGiteaCredentialsRequest>();
                return ApiResponses.Json(await store.CreateAsync(request, cancellation));
            })
            .Describes("CreateGiteaCredentials", "credentials")
            .Takes<CreateGiteaCredentialsRequest>()
            .Answers<CredentialsView>();

        api.MapGet(
            "/gitea/credentials/{id}", async (string id, GiteaCredentialsStore store, CancellationToken cancellation) =>
                ApiResponses.Json(await store.GetAsync(ApiRequests.KeyOrRefuse(id), cancellation)))
            .Describes("GetGiteaCredentials", "credentials")
            .Answers<CredentialsView>();

        api.MapPut(
            "/gitea/credentials/{id}",
            async (string id, HttpContext context, GiteaCredentialsStore store, CancellationToken cancellation) =>
            {
                var number = ApiRequests.KeyOrRefuse(id);
                var request = await context.ReadJsonAsync<UpdateGiteaCredentialsRequest>();
                return ApiResponses.Json(await store.UpdateAsync(number, request, cancellation));
            })
            .Describes("UpdateGiteaCredentials", "credentials")
            .Takes<UpdateGiteaCredentialsRequest>()
            .Answers<CredentialsView>();

        api.MapDelete(
            "/gitea/credentials/{id}", async (string id, GiteaCredentialsStore store, CancellationToken cancellation) =>
            {
                await store.DeleteAsync(ApiRequests.KeyOrRefuse(id), cancellation);
                return ApiResponses.NoContent;
            })
            .Describes("DeleteGiteaCredentials", "credentials")
            .AnswersNothing(StatusCodes.Status204NoContent);
    }
}
