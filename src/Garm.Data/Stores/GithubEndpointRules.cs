using Garm.Contracts.Requests;

namespace Garm.Data.Stores;

/// <summary>What a GitHub endpoint's data must be like; order and words are GARM's.</summary>
internal static class GithubEndpointRules
{
    public static void Check(CreateGithubEndpointRequest request)
    {
        const string failed = "error failed to validate github endpoint params";
        var api = Parse(Given(request.ApiBaseUrl, "api_base_url", failed), null, "api_base_url", failed);

        // GARM resolves each URL against the one before it, so that a relative one passes. It is stored as given.
        var upload = Parse(Given(request.UploadBaseUrl, "upload_base_url", failed), api, "upload_base_url", failed);
        Parse(Given(request.BaseUrl, "base_url", failed), upload, "base_url", failed);

        // Ours, and therefore last: GARM takes any name, and an endpoint without an addressable one is there for good.
        if (!IsAddressable(Given(request.Name, "name", failed)))
            throw GarmException.BadRequest($"{failed}: invalid name");
    }

    public static void Check(UpdateGithubEndpointRequest request)
    {
        const string failed = "failed to validate github endpoint params";
        if (request.ApiBaseUrl is { } api) Parse(api, null, "api_base_url", failed);
        if (request.UploadBaseUrl is { } upload) Parse(upload, null, "upload_base_url", failed);
        if (request.BaseUrl is { } url) Parse(url, null, "base_url", failed);
    }

    private static string Given(string? value, string key, string failed) =>
        string.IsNullOrEmpty(value) ? throw GarmException.BadRequest($"{failed}: missing {key}") : value;

    private static GoUrl Parse(string text, GoUrl? relativeTo, string key, string failed)
    {
        var url = GoUrl.Parse(text);
        if (relativeTo is not null) url = url?.ResolveAgainst(relativeTo);
        if (url is not { Scheme.Length: > 0, Host.Length: > 0 })
            throw GarmException.BadRequest($"{failed}: invalid {key}");

        // Whichever URL it is: GARM names this one.
        return url.IsHttp ? url : throw GarmException.BadRequest($"{failed}: invalid api_base_url");
    }

    /// <summary>Whether the name can stand in a path as one segment.</summary>
    private static bool IsAddressable(string name) => name is not ("." or "..") && !name.Contains('/');
}
