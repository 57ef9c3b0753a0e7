using Garm.Host.WebSockets;
using Microsoft.Net.Http.Headers;

namespace Garm.Host.Authentication;

/// <summary>Finds the token in a request, where GARM or a page of another origin puts it.</summary>
internal static class BearerToken
{
    /// <summary>The name of the cookie that carries the token.</summary>
    public const string Cookie = "garm_token";

    /// <summary>
    /// The second word of <c>Authorization</c>, whatever the first; without that header the token in the websocket subprotocols, and
    /// without these the cookie. Null when there is none. A token in the query is ignored.
    /// </summary>
    public static string? Find(HttpRequest request)
    {
        if (IsFromCookie(request)) return FindCookie(request.Headers);
        if (request.Headers.Authorization is not [{ Length: > 0 } header, ..]) return WebSocketSubprotocols.TokenOf(request.Headers);
        var words = header.Split(' ');
        return words is [_, { Length: > 0 } token] ? token : null;
    }

    /// <summary>Whether only the cookie can authenticate the request: then the browser may have sent it for any page.</summary>
    public static bool IsFromCookie(HttpRequest request) =>
        request.Headers.Authorization is not [{ Length: > 0 }, ..] && WebSocketSubprotocols.TokenOf(request.Headers) is null;

    // A cookie's name is case-sensitive, but not in the framework's collection. The first cookie of that name is used.
    private static string? FindCookie(IHeaderDictionary headers)
    {
        if (!CookieHeaderValue.TryParseList(headers.Cookie, out var cookies)) return null;
        var value = cookies.FirstOrDefault(x => x.Name.Equals(Cookie, StringComparison.Ordinal))?.Value.ToString();
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
