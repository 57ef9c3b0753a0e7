using System.Net;
using Microsoft.AspNetCore.Http;

namespace Garm.WebConsole.Access;

/// <summary>
/// Stands before everything under <c>/ui</c> but its files: redirects to the first run where there is no administrator, to the login
/// where there is no valid token, and lets only administrators pass.
/// </summary>
internal sealed class ConsoleGate(RequestDelegate next, IConsoleAccess access)
{
    private static readonly string[] Files = ["/_content", "/_framework"];
    private static readonly string[] OpenToAll = ["/login", "/logout", "/first-run"];

    // Once there is an administrator there always is one.
    private bool _hasAdmin;

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (Files.Any(x => path.StartsWithSegments(x)))
        {
            await next(context);
            return;
        }

        // A page may hold names of the fleet; it is nothing for a cache. Antiforgery sets the same, and warns where it differs.
        context.Response.Headers.CacheControl = "no-cache, no-store";
        if (!await HasAdminAsync(context.RequestAborted) && !path.StartsWithSegments("/first-run"))
        {
            context.Response.Redirect(context.Request.PathBase + "/first-run");
            return;
        }

        // Antiforgery tokens belong to a user, so the forms that are open to all have to know who is there too.
        var caller = await access.AuthenticateAsync(context);
        if (caller is not null) context.User = ConsoleClaims.Of(caller, context.Connection.RemoteIpAddress);
        if (OpenToAll.Any(x => path.StartsWithSegments(x)))
        {
            await next(context);
            return;
        }

        if (caller is null)
        {
            await AskToLogInAsync(context);
            return;
        }

        if (!caller.IsAdmin)
        {
            await Answers.NotForYou.ExecuteAsync(context);
            return;
        }

        // The circuit is a websocket, which other sites' pages may open too.
        if (context.WebSockets.IsWebSocketRequest && !IsFromOwnPage(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(context);
    }

    /// <summary>Whether the browser says that a page of the hub itself asks.</summary>
    internal static bool IsFromOwnPage(HttpRequest request)
    {
        // Behind a proxy that gives the hub another Host header, the browser's own comparison is the one that holds.
        if (request.Headers["Sec-Fetch-Site"] is [{ } site]) return site == "same-origin";
        return request.Headers.Origin is [{ } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && new HostString(uri.Authority).Equals(request.Host);
    }

    private static async Task AskToLogInAsync(HttpContext context)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method) && !context.WebSockets.IsWebSocketRequest
            && request.Headers.Accept.Any(x => x?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
        if (!isPage)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            // The cookie is SameSite=Strict: who follows a link from elsewhere comes without it, though logged in. The page asks once
            // more by itself, and then the cookie comes along.
            await Answers.AskAgain(WebUtility.HtmlEncode(request.PathBase + request.Path + request.QueryString)).ExecuteAsync(context);
        }
        else
        {
            context.Response.Redirect(
                $"{request.PathBase}/login?return={Uri.EscapeDataString(request.Path + request.QueryString)}");
        }
    }

    private async ValueTask<bool> HasAdminAsync(CancellationToken cancellation)
    {
        if (!_hasAdmin) _hasAdmin = !await access.NeedsFirstRunAsync(cancellation);
        return _hasAdmin;
    }
}
