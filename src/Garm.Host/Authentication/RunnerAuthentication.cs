using Garm.Data.Runners;

namespace Garm.Host.Authentication;

/// <summary>Authenticates the requests of runners.</summary>
internal sealed class RunnerAuthentication(TokenService tokens, IServiceScopeFactory scopes)
{
    /// <summary>
    /// The runner; null when the token is missing or invalid, or void because the runner is in service, is being deleted, or a new
    /// attempt to create it has begun. Cookies are ignored, as in GARM.
    /// </summary>
    public async Task<RunnerIdentity?> AuthenticateAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0) return null;
        if (BearerToken.Find(context.Request) is not { } token) return null;
        if (await tokens.ReadRunnerAsync(token) is not { } claims) return null;
        await using var scope = scopes.CreateAsyncScope();
        var runner = await scope.ServiceProvider.GetRequiredService<RunnerStore>().FindAsync(claims.Name, context.RequestAborted);
        return runner is { MayReport: true } && runner.InstanceId == claims.InstanceId && runner.CreateAttempt == claims.CreateAttempt
            ? runner
            : null;
    }
}

/// <summary>The runner that sent a request.</summary>
internal static class RunnerFeature
{
    /// <summary>Present on every route for runners.</summary>
    public static RunnerIdentity Runner(this HttpContext context) =>
        context.Features.Get<RunnerIdentity>() ?? throw new InvalidOperationException("this route is not for runners");
}
