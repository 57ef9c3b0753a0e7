using Garm.Contracts.Requests;

namespace Garm.Data.Endpoints;

/// <summary>The checks of a GitHub endpoint; their order and messages are GARM's.</summary>
internal static class GithubEndpointRules
{
    public static void Check(CreateGithubEndpointRequest request)
    {
        const string failed = "error failed to validate github endpoint params";
        var api = EndpointChecks.ParseUrl(
            EndpointChecks.Given(request.ApiBaseUrl, "api_base_url", failed), null, "api_base_url", failed);
        var upload = EndpointChecks.ParseUrl(
            EndpointChecks.Given(request.UploadBaseUrl, "upload_base_url", failed), api, "upload_base_url", failed);
        EndpointChecks.ParseUrl(EndpointChecks.Given(request.BaseUrl, "base_url", failed), upload, "base_url", failed);
        EndpointChecks.CheckName(request.Name, failed);
    }

    public static void Check(UpdateGithubEndpointRequest request)
    {
        const string failed = "failed to validate github endpoint params";
        if (request.ApiBaseUrl is { } api) EndpointChecks.ParseUrl(api, null, "api_base_url", failed);
        if (request.UploadBaseUrl is { } upload) EndpointChecks.ParseUrl(upload, null, "upload_base_url", failed);
        if (request.BaseUrl is { } url) EndpointChecks.ParseUrl(url, null, "base_url", failed);
    }
}
