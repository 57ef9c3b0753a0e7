using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data;
using Garm.Data.Users;
using Garm.Host.Http;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/users</c>, which GARM does not have; it is needed to disable users.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", async (UserStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.ListAsync(cancellation)))
            .Describes("ListUsers", "users")
            .WithSummary("List all users.")
            .Answers<IReadOnlyList<UserView>>();

        api.MapPost("/users", async (HttpContext context, UserStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.CreateAsync(await context.ReadJsonAsync<CreateUserRequest>(), cancellation)))
            .Describes("CreateUser", "users")
            .WithSummary("Create a user.")
            .Takes<CreateUserRequest>()
            .Answers<UserView>();

        api.MapGet("/users/{userId}", async (string userId, UserStore store, CancellationToken cancellation) =>
            ApiResponses.Json(await store.GetAsync(Id(userId), cancellation)))
            .Describes("GetUser", "users")
            .WithSummary("Get a user.")
            .Answers<UserView>();

        api.MapPut(
            "/users/{userId}",
            async (string userId, HttpContext context, UserStore store, CancellationToken cancellation) =>
            {
                var id = Id(userId);
                return ApiResponses.Json(await store.UpdateAsync(id, await context.ReadJsonAsync<UpdateUserRequest>(), cancellation));
            })
            .Describes("UpdateUser", "users")
            .WithSummary("Update a user.")
            .Takes<UpdateUserRequest>()
            .Answers<UserView>();

        api.MapDelete("/users/{userId}", async (string userId, UserStore store, CancellationToken cancellation) =>
        {
            await store.DeleteAsync(Id(userId), cancellation);
            return ApiResponses.EmptyJson;
        })
            .Describes("DeleteUser", "users")
            .WithSummary("Delete a user.")
            .AnswersNothing();
    }

    private static Guid Id(string segment) => Guid.TryParseExact(segment, "D", out var id)
        ? id
        : throw GarmException.BadRequest($"invalid value for \"userID\": \"{segment}\"; a UUID is expected");
}
