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
/// Stands before everything under <c>/api/v1</c> and asks GARM's questions in GARM's order: is there an administrator, are
/// the URLs set, is the token good, is its user an administrator, is there such a route. One question is ours: does a write that
/// comes with the cookie come from a page that may make it. What comes to a source's host is admitted by that source's server.
/// </summary>
internal sealed class ApiGate(
    RequestDelegate next, CallerAuthentication authentication, CookieWrites cookieWrites, RunnerAuthentication runners, FrontGate fronts,
    IServiceScopeFactory scopes, ILogger<ApiGate> logger)
{
    private static readonly HashSet<string> ServedMethods =
        [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    // Once there is an administrator there always is one, since the last cannot be removed, and URLs that are set can be
    // replaced and not taken away: what has once been seen need not be asked again.
    private bool _hasAdmin;
    private bool _hasUrls;

    public async Task InvokeAsync(HttpContext context)
    {
        // The prefix alone is no path of the API: GARM's router takes it for a page like any other.
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
            // A body that broke off, or that is not framed as HTTP has it.
            await new ApiError(refusal.StatusCode, "Bad Request", refusal.Message).WriteAsync(context);
        }
        catch (TooManyAttemptsException refusal)
        {
            context.Response.Headers.RetryAfter = refusal.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await ApiError.TooManyAttempts.WriteAsync(context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            // The path is logged, the query and the body are not: they may hold secrets.
            logger.LogError(HostLogEvents.RequestFailed, e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await (DatabaseFaults.AnswerOf(context, e) ?? ApiError.ServerError).WriteAsync(context);
        }
    }

    /// <summary>HEAD only where a route says so: elsewhere GARM serves it as little as other methods.</summary>
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

    // In a scope of its own: an event socket's request lives for days, and would keep what it was given.
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
