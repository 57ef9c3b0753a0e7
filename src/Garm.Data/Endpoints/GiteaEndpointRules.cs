using Garm.Contracts.Requests;

namespace Garm.Data.Endpoints;

/// <summary>The checks of a Gitea endpoint; their order and messages are GARM's.</summary>
internal static class GiteaEndpointRules
{
    private const string Failed = "failed to validate gitea endpoint params";
    private const string ToolsKey = "tools_metadata_url";

    public static void Check(CreateGiteaEndpointRequest request)
    {
        var api = EndpointChecks.ParseUrl(
            EndpointChecks.Given(request.ApiBaseUrl, "api_base_url", Failed), null, "api_base_url", Failed);
        var url = EndpointChecks.ParseUrl(
            EndpointChecks.Given(request.BaseUrl, "base_url", Failed), api, "base_url", Failed);
        if (!string.IsNullOrEmpty(request.ToolsMetadataUrl))
            EndpointChecks.ParseUrl(request.ToolsMetadataUrl, url, ToolsKey, Failed, ToolsKey);
        EndpointChecks.CheckName(request.Name, Failed);
    }

    public static void Check(UpdateGiteaEndpointRequest request)
    {
        if (request.ApiBaseUrl is { } api) EndpointChecks.ParseUrl(api, null, "api_base_url", Failed);
        if (request.BaseUrl is { } url) EndpointChecks.ParseUrl(url, null, "base_url", Failed);
        if (!string.IsNullOrEmpty(request.ToolsMetadataUrl))
            EndpointChecks.ParseUrl(request.ToolsMetadataUrl, null, ToolsKey, Failed, ToolsKey);
    }
}
