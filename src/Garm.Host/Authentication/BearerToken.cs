using Garm.Host.WebSockets;
using Microsoft.Net.Http.Headers;

namespace Garm.Host.Authentication;

/// <summary>Finds the token in a request: where GARM looks for it, and where pages of other origins put it.</summary>
internal static class BearerToken
{
    /// <summary>The cookie that browsers carry it in.</summary>
    public const string Cookie = "garm_token";

    /// <summary>
    /// The second word of <c>Authorization</c>, whatever the first; without that header the websocket subprotocol that carries a
    /// token, and without one the cookie. Null when there is none. A token in the query is not looked at.
    /// </summary>
    public static string? Find(HttpRequest request)
    {
        if (IsFromCookie(request)) return FindCookie(request.Headers);
        if (request.Headers.Authorization is not [{ Length: > 0 } header, ..]) return WebSocketSubprotocols.TokenOf(request.Headers);
        var words = header.Split(' ');
        return words is [_, { Length: > 0 } token] ? token : null;
    }

    /// <summary>Whether the cookie is what counts, if there is one: then a browser sent it by itself, whatever page asked it to.</summary>
    public static bool IsFromCookie(HttpRequest request) =>
        request.Headers.Authorization is not [{ Length: > 0 }, ..] && WebSocketSubprotocols.TokenOf(request.Headers) is null;

    // Case counts in a cookie's name, but not in the framework's collection of them. The first one counts.
    private static string? FindCookie(IHeaderDictionary headers)
    {
        if (!CookieHeaderValue.TryParseList(headers.Cookie, out var cookies)) return null;
        var value = cookies.FirstOrDefault(x => x.Name.Equals(Cookie, StringComparison.Ordinal))?.Value.ToString();
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
