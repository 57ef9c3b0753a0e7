using Garm.Host.WebSockets;
using Microsoft.Extensions.Primitives;

namespace Garm.Host.Authentication;

/// <summary>
/// Decides whether a write that is authenticated by the cookie may be executed. A browser sends the cookie with requests of any
/// page, but also names that page in headers that no page can set: <c>Origin</c> with every write, and <c>Sec-Fetch-Site</c> in newer
/// browsers. A request with neither header is refused too. Other programs send the token in <c>Authorization</c>, to which this
/// check does not apply.
/// </summary>
internal sealed class CookieWrites(OriginPolicy origins)
{
    private const string SecFetchSite = "Sec-Fetch-Site";
    private const string SameOrigin = "same-origin";

    /// <summary>Whether the request's origin permits the write.</summary>
    public bool Allows(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return true;
        if (!BearerToken.IsFromCookie(request)) return true;

        // Behind a proxy that changes the Host header, only the browser's own comparison is correct.
        return Is(request.Headers[SecFetchSite], SameOrigin)
            || (request.Headers.Origin is [{ Length: > 0 } origin] && origins.Allows(origin, request.Host.Value ?? ""));
    }

    private static bool Is(StringValues values, string wanted) => values is [{ } value] && value == wanted;
}
