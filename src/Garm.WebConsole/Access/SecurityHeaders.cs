using Microsoft.AspNetCore.Http;

namespace Garm.WebConsole.Access;

/// <summary>Tells the browser what the console's pages may do: nothing but what the hub itself serves.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // MudBlazor places popovers with style attributes, and its theme is a style element: it does not work without
    // 'unsafe-inline' for styles. Scripts have no such exception.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY"; // For browsers that do not know frame-ancestors.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }
}
