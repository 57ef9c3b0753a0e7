using System.Text.Json.Serialization;
using Garm.Contracts.Requests;
using Garm.Data.Stores;
using Garm.Host.Authentication;

namespace Garm.Host.Api;

/// <summary><c>/first-run</c>, <c>/auth/login</c> and <c>/metrics-token</c>.</summary>
internal static class AuthApi
{
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        api.MapPost("/first-run", async (HttpContext context, UserStore users, CancellationToken cancellation) =>
                ApiResponses.Json(await users.FirstRunAsync(await context.ReadJsonAsync<CreateUserRequest>(), cancellation)))
            .WithMetadata(ApiRoute.FirstRun);

        api.MapPost(
                "/auth/login",
                async (HttpContext context, UserStore users, TokenService tokens, CancellationToken cancellation) =>
                {
                    var user = await users.AuthenticateAsync(await context.ReadJsonAsync<LoginRequest>(), cancellation);
                    return ApiResponses.Json(new TokenAnswer(tokens.Create(user)));
                })
            .WithMetadata(ApiRoute.Login);

        api.MapGet("/metrics-token", (TokenService tokens) => ApiResponses.Json(new TokenAnswer(tokens.CreateForMetrics())));
    }
}

/// <summary>A token that was asked for.</summary>
internal sealed record TokenAnswer([property: JsonPropertyName("token")] string Token);
