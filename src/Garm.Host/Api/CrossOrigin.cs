using Garm.Host.Http;
using Garm.Host.WebSockets;
using Microsoft.Net.Http.Headers;

namespace Garm.Host.Api;

/// <summary>
/// CORS: lets pages of the origins in <c>Garm:Events:AllowedOrigins</c> read the answers of the REST API. They send the token as
/// <c>Authorization</c>; cookies are not allowed, so a page cannot use a login that it did not make.
/// </summary>
internal sealed class CrossOrigin(OriginPolicy origins)
{
    private const string Exposed = $"{CursorHeader.Name}, {SessionsApi.UnansweredNodes}, Retry-After, Content-Disposition";

    /// <summary>How long a browser may cache the answer to its preflight request, in seconds.</summary>
    private const string MaxAge = "600";

    /// <summary>Sets the CORS headers of the answer if the page may read it; returns whether it may.</summary>
    public bool Admit(HttpContext context)
    {
        if (!origins.AllowsOthers || !context.Request.Path.StartsWithSegments(ApiRoute.Prefix)) return false;

        // A cache must not give the answer for one origin to another.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        var origin = context.Request.Headers.Origin.FirstOrDefault();
        if (string.IsNullOrEmpty(origin) || !origins.Allows(origin, context.Request.Host.Value ?? "")) return false;
        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.AccessControlExposeHeaders = Exposed;
        return true;
    }

    /// <summary>Answers a browser's preflight request.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="methods">The allowed methods.</param>
    /// <param name="headers">The allowed headers.</param>
    public static void Permit(HttpResponse response, string methods, string headers)
    {
        response.Headers.AccessControlAllowMethods = methods;
        response.Headers.AccessControlAllowHeaders = headers;
        response.Headers.AccessControlMaxAge = MaxAge;
    }
}
