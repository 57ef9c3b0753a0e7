using Garm.Host.WebSockets;
using Microsoft.Extensions.Primitives;

namespace Garm.Host.Authentication;

/// <summary>
/// Decides whether a write that is authenticated by the cookie is meant by its user. A browser sends the cookie along with
/// what any page asks for; it also says which page asked, in headers that no page can set: <c>Origin</c> with every write, and
/// in newer browsers <c>Sec-Fetch-Site</c>. A request with neither is refused too: whoever is no browser sends the token in
/// <c>Authorization</c>, and none of this is asked.
/// </summary>
internal sealed class CookieWrites(OriginPolicy origins)
{
    private const string SecFetchSite = "Sec-Fetch-Site";
    private const string SameOrigin = "same-origin";

    /// <summary>Whether the request's origin permits what it asks for.</summary>
    public bool Allows(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return true;
        if (!BearerToken.IsFromCookie(request)) return true;

        // Behind a proxy that gives the hub another Host header, the browser's own comparison is the one that holds.
        return Is(request.Headers[SecFetchSite], SameOrigin)
            || (request.Headers.Origin is [{ Length: > 0 } origin] && origins.Allows(origin, request.Host.Value ?? ""));
    }

    private static bool Is(StringValues values, string wanted) => values is [{ } value] && value == wanted;
}
