using Garm.Host.Http;
using Garm.Host.WebSockets;
using Microsoft.Net.Http.Headers;

namespace Garm.Host.Api;

/// <summary>
/// CORS: lets pages of the origins in <c>Garm:Events:AllowedOrigins</c> read what the REST API answers. They send the token as
/// <c>Authorization</c>: cookies are not let through, so that no page acts with a login that it did not make.
/// </summary>
internal sealed class CrossOrigin(OriginPolicy origins)
{
    private const string Exposed = $"{CursorHeader.Name}, {SessionsApi.UnansweredNodes}, Retry-After, Content-Disposition";

    /// <summary>How long a browser may cache the answer to its preflight request, in seconds.</summary>
    private const string MaxAge = "600";

    /// <summary>Says on the answer that the page may read it, if it may. True then.</summary>
    public bool Admit(HttpContext context)
    {
        if (!origins.AllowsOthers || !context.Request.Path.StartsWithSegments(ApiRoute.Prefix)) return false;

        // A cache between must not give one page the answer to another.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        var origin = context.Request.Headers.Origin.FirstOrDefault();
        if (string.IsNullOrEmpty(origin) || !origins.Allows(origin, context.Request.Host.Value ?? "")) return false;
        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.AccessControlExposeHeaders = Exposed;
        return true;
    }

    /// <summary>Answers a browser that asks, before it sends a request for the page, whether it may.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="methods">The methods that are let through.</param>
    /// <param name="headers">The headers that are.</param>
    public static void Permit(HttpResponse response, string methods, string headers)
    {
        response.Headers.AccessControlAllowMethods = methods;
        response.Headers.AccessControlAllowHeaders = headers;
        response.Headers.AccessControlMaxAge = MaxAge;
    }
}
