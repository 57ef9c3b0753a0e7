using System.Text.Json.Serialization;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Users;
using Garm.Host.Authentication;
using Garm.Host.Http;
using Garm.Host.Lifetime;
using Garm.Host.Limits;
using Garm.Host.OpenApi;

namespace Garm.Host.Api;

/// <summary><c>/first-run</c>, <c>/auth/login</c> and <c>/metrics-token</c>.</summary>
internal static class AuthApi
{
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        api.MapPost("/first-run", async (HttpContext context, UserStore users, FirstRunGate gate, CancellationToken cancellation) =>
            {
                await users.RequireFirstRunAsync(cancellation);
                gate.RequireOpen();
                return ApiResponses.Json(await users.FirstRunAsync(await context.ReadJsonAsync<CreateUserRequest>(), cancellation));
            })
            .Describes("FirstRun", "first-run")
            .WithSummary("Create the first administrator.")
            .Takes<CreateUserRequest>()
            .Answers<UserView>()
            .WithMetadata(ApiRoute.FirstRun);

        api.MapPost(
                "/auth/login",
                async (HttpContext context, UserStore users, TokenService tokens, LoginLimiter limiter, CancellationToken cancellation) =>
                {
                    var login = await context.ReadJsonAsync<LoginRequest>();
                    var user = await limiter.RunAsync(
                        login.Username, context.Connection.RemoteIpAddress, () => users.AuthenticateAsync(login, cancellation), cancellation);
                    return ApiResponses.Json(new TokenAnswer(tokens.Create(user)));
                })
            .Describes("Login", "login")
            .WithSummary("Log in and get a token.")
            .Takes<LoginRequest>()
            .Answers<TokenAnswer>()
            .WithMetadata(ApiRoute.Login);

        api.MapGet("/metrics-token", (TokenService tokens) => ApiResponses.Json(new TokenAnswer(tokens.CreateForMetrics())))
            .Describes("GetMetricsToken", "metrics-token")
            .WithSummary("Get a token for the metrics.")
            .Answers<TokenAnswer>();
    }
}

/// <summary>The answer with a new token.</summary>
internal sealed record TokenAnswer([property: JsonPropertyName("token")] string Token);
