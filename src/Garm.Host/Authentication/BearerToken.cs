namespace Garm.Host.Authentication;

/// <summary>Finds the token in a request, where GARM looks for it (PROTOCOL, section 1).</summary>
internal static class BearerToken
{
    /// <summary>The cookie that browsers carry it in.</summary>
    public const string Cookie = "garm_token";

    /// <summary>
    /// The second word of <c>Authorization</c>, whatever the first; without that header the cookie. Null when there is none.
    /// A token in the query is not looked at.
    /// </summary>
    public static string? Find(HttpRequest request)
    {
        if (IsFromCookie(request)) return request.Cookies[Cookie];
        var words = request.Headers.Authorization[0]!.Split(' ');
        return words is [_, { Length: > 0 } token] ? token : null;
    }

    /// <summary>Whether the cookie is what counts, if there is one: then a browser sent it by itself, whatever page asked it to.</summary>
    public static bool IsFromCookie(HttpRequest request) => request.Headers.Authorization is not [{ Length: > 0 }, ..];
}
