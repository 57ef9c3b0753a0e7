using Garm.Data.Values;

namespace Garm.Data.Endpoints;

/// <summary>Checks that the endpoints of all forges share; words are GARM's.</summary>
internal static class EndpointChecks
{
    /// <summary>Refuses what is missing.</summary>
    public static string Given(string? value, string key, string failed) =>
        string.IsNullOrEmpty(value) ? throw GarmException.BadRequest($"{failed}: missing {key}") : value;

    /// <summary>
    /// Refuses what is no http URL. GARM resolves each URL of a new endpoint against one before it, so that a relative one
    /// passes; it is stored as given.
    /// </summary>
    /// <param name="text">The URL.</param>
    /// <param name="relativeTo">What it is resolved against; null for nothing.</param>
    /// <param name="key">What the request calls it.</param>
    /// <param name="failed">What the refusal begins with.</param>
    /// <param name="schemeKey">What GARM says is wrong when only the scheme is: not always the same key.</param>
    public static GoUrl ParseUrl(string text, GoUrl? relativeTo, string key, string failed, string schemeKey = "api_base_url")
    {
        var url = GoUrl.Parse(text);
        var hasUserInfo = url is { HasUserInfo: true };
        if (relativeTo is not null) url = url?.ResolveAgainst(relativeTo);
        if (url is not { Scheme.Length: > 0, Host.Length: > 0 })
            throw GarmException.BadRequest($"{failed}: invalid {key}");
        if (!url.IsHttp) throw GarmException.BadRequest($"{failed}: invalid {schemeKey}");

        // Ours, and therefore asked last: what GARM refuses is refused in its words.
        return hasUserInfo ? throw GarmException.BadRequest($"{failed}: invalid {key}: {GoUrl.UserInfoRefusal}") : url;
    }

    /// <summary>
    /// Refuses a name that cannot stand in a path as one segment. Ours, and therefore asked last: GARM takes any name, and
    /// an endpoint without an addressable one is there for good.
    /// </summary>
    public static void CheckName(string? name, string failed)
    {
        if (Given(name, "name", failed) is "." or ".." || name!.Contains('/'))
            throw GarmException.BadRequest($"{failed}: invalid name");
    }
}
