using Garm.Data.Values;

namespace Garm.Data.Endpoints;

/// <summary>The checks that the endpoints of all forges share; messages are GARM's.</summary>
internal static class EndpointChecks
{
    /// <summary>Refuses a missing value.</summary>
    public static string Given(string? value, string key, string failed) =>
        string.IsNullOrEmpty(value) ? throw GarmException.BadRequest($"{failed}: missing {key}") : value;

    /// <summary>
    /// Refuses a URL that is not http or https. GARM resolves each URL of a new endpoint against a former one, so it accepts relative
    /// URLs, and stores them as given.
    /// </summary>
    /// <param name="text">The URL.</param>
    /// <param name="relativeTo">The URL that it is resolved against; null for none.</param>
    /// <param name="key">The field's name in the request.</param>
    /// <param name="failed">The beginning of the refusal.</param>
    /// <param name="schemeKey">The field's name in GARM's refusal of the scheme, which is sometimes another one.</param>
    public static GoUrl ParseUrl(string text, GoUrl? relativeTo, string key, string failed, string schemeKey = "api_base_url")
    {
        var url = GoUrl.Parse(text);
        var hasUserInfo = url is { HasUserInfo: true };
        if (relativeTo is not null) url = url?.ResolveAgainst(relativeTo);
        if (url is not { Scheme.Length: > 0, Host.Length: > 0 })
            throw GarmException.BadRequest($"{failed}: invalid {key}");
        if (!url.IsHttp) throw GarmException.BadRequest($"{failed}: invalid {schemeKey}");

        // The hub's own check, so it comes last: what GARM refuses is refused with GARM's message.
        return hasUserInfo ? throw GarmException.BadRequest($"{failed}: invalid {key}: {GoUrl.UserInfoRefusal}") : url;
    }

    /// <summary>
    /// Refuses a name that cannot be one segment of a path. The hub's own check, so it comes last: GARM accepts any name, but no
    /// request could address the endpoint, not even to delete it.
    /// </summary>
    public static void CheckName(string? name, string failed)
    {
        if (Given(name, "name", failed) is "." or ".." || name!.Contains('/'))
            throw GarmException.BadRequest($"{failed}: invalid name");
    }
}
