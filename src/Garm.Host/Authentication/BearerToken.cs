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
        if (request.Headers.Authorization is not [{ Length: > 0 } header, ..]) return request.Cookies[Cookie];
        var words = header.Split(' ');
        return words is [_, { Length: > 0 } token] ? token : null;
    }
}
