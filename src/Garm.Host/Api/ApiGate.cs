using System.Globalization;
using Garm.Data;
using Garm.Data.Controller;
using Garm.Data.Users;
using Garm.Host.Authentication;
using Garm.Host.Fronts;
using Garm.Host.Http;
using Garm.Host.Limits;
using Garm.Host.Logs;

namespace Garm.Host.Api;

/// <summary>
/// Checks every request under <c>/api/v1</c>, in GARM's order: an administrator exists, the URLs are set, the token is valid, the
/// user is an administrator, the route exists. One check is the hub's own: a write with the cookie must come from a page that is
/// allowed to make it.
/// What comes to a source's host is admitted by that source's server.
/// </summary>
internal sealed class ApiGate(
    RequestDelegate next, CallerAuthentication authentication, CookieWrites cookieWrites, RunnerAuthentication runners, FrontGate fronts,
    IServiceScopeFactory scopes, ILogger<ApiGate> logger)
{
    private static readonly HashSet<string> ServedMethods =
        [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    // The last administrator cannot be removed, and URLs can be replaced but not cleared, so a check that has succeeded once
    // need not be repeated.
    private bool _hasAdmin;
    private bool _hasUrls;

    public async Task InvokeAsync(HttpContext context)
    {
        // GARM's router treats the bare prefix as a page, not as a path of the API.
        if (!context.Request.Path.StartsWithSegments(ApiRoute.Prefix, out var rest) || !rest.HasValue)
        {
            await next(context);
            return;
        }

        if (!ServedMethods.Contains(context.Request.Method) && !IsServedHead(context))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        try
        {
            if (!await AdmitAsync(context)) return;
            QueryText.Check(context.Request.QueryString);
            CursorHeader.Observe(context);
            await next(context);
        }
        catch (GarmException refusal)
        {
            logger.TellCause(context, refusal);
            await ApiError.Of(refusal).WriteAsync(context);
        }
        catch (BadHttpRequestException refusal)
        {
            // The body was cut off, or its HTTP framing is invalid.
            await new ApiError(refusal.StatusCode, "Bad Request", refusal.Message).WriteAsync(context);
        }
        catch (TooManyAttemptsException refusal)
        {
            context.Response.Headers.RetryAfter = refusal.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await ApiError.TooManyAttempts.WriteAsync(context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            // The log has the path only: the query and the body may contain secrets.
            logger.LogError(HostLogEvents.RequestFailed, e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await (DatabaseFaults.AnswerOf(context, e) ?? ApiError.ServerError).WriteAsync(context);
        }
    }

    /// <summary>HEAD is served only where a route lists it, as in GARM.</summary>
    private static bool IsServedHead(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>() is not null;

    private async Task<bool> AdmitAsync(HttpContext context)
    {
        if (context.Features.Get<SourceFront>() is { } front) return await fronts.AdmitAsync(context, front);
        var route = context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>();
        if (route is { Access: ApiAccess.BeforeFirstRun }) return true;
        if (!await HasAdminAsync(context.RequestAborted)) return await RefuseAsync(context, ApiError.InitRequired);
        if (route is { Access: ApiAccess.Everyone }) return true;
        if (route is not { NeedsUrls: false } && !await HasUrlsAsync(context.RequestAborted))
            return await RefuseAsync(context, ApiError.UrlsRequired);
        if (route is { Access: ApiAccess.Runners }) return await AdmitRunnerAsync(context);
        if (await authentication.AuthenticateAsync(context) is not { } caller)
            return await RefuseAsync(context, ApiError.AuthenticationFailed);
        if (!cookieWrites.Allows(context.Request)) return await RefuseAsync(context, ApiError.ForeignOrigin);
        if (!caller.Access.IsAdmin) return await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized\n");
        if (route is null) return await RefuseAsync(context, ApiError.NoSuchRoute);

        context.Features.Set(caller);
        return true;
    }

    private async Task<bool> AdmitRunnerAsync(HttpContext context)
    {
        if (await runners.AuthenticateAsync(context) is not { } runner)
            return await RefuseAsync(context, ApiError.AuthenticationFailed);
        context.Features.Set(runner);
        return true;
    }

    private async ValueTask<bool> HasAdminAsync(CancellationToken cancellation)
    {
        if (!_hasAdmin) _hasAdmin = await AskAsync<UserStore>(store => store.HasAdminAsync(cancellation));
        return _hasAdmin;
    }

    private async ValueTask<bool> HasUrlsAsync(CancellationToken cancellation)
    {
        if (!_hasUrls) _hasUrls = await AskAsync<ControllerStore>(store => store.HasUrlsAsync(cancellation));
        return _hasUrls;
    }

    // A scope of its own: the request of an event socket lasts for days, and would keep the services that it resolved.
    private async Task<bool> AskAsync<TStore>(Func<TStore, Task<bool>> question)
        where TStore : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    private static async Task<bool> RefuseAsync(HttpContext context, ApiError error)
    {
        await error.WriteAsync(context);
        return false;
    }

    private static async Task<bool> RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
        return false;
    }
}
