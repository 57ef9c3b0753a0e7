using Garm.Data.Runners;

namespace Garm.Host.Authentication;

/// <summary>Finds out which runner a request is from.</summary>
internal sealed class RunnerAuthentication(TokenService tokens, IServiceScopeFactory scopes)
{
    /// <summary>
    /// The runner, or null: no token, a bad one, or one that is void because the runner is in service, being deleted, or made
    /// anew since. Cookies are not looked at, as in GARM.
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

/// <summary>The runner that a request is from.</summary>
internal static class RunnerFeature
{
    /// <summary>There is one behind every route for runners.</summary>
    public static RunnerIdentity Runner(this HttpContext context) =>
        context.Features.Get<RunnerIdentity>() ?? throw new InvalidOperationException("this route is not for runners");
}
