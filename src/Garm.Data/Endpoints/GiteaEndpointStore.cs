using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Writes;
using static Garm.Data.Values.RequestValues;

namespace Garm.Data.Endpoints;

/// <summary>The operations on Gitea endpoints; checks and messages are GARM's (recorded in <c>gitea-endpoint-*</c>).</summary>
public sealed class GiteaEndpointStore(UnitOfWork work) : ForgeEndpointStore(ForgeWords.Gitea, work)
{
    /// <summary>GARM's default URL of the releases of Gitea's runner.</summary>
    private const string DefaultToolsMetadataUrl = "https://gitea.com/api/v1/repos/gitea/runner/releases";

    /// <summary>Creates an endpoint.</summary>
    public Task<EndpointView> CreateAsync(CreateGiteaEndpointRequest request, CancellationToken cancellation)
    {
        GiteaEndpointRules.Check(request);
        return CreateAsync(
            request.Name!,
            () => new ForgeEndpoint
            {
                Description = request.Description ?? "",
                ApiBaseUrl = request.ApiBaseUrl!,
                BaseUrl = request.BaseUrl!,
                ToolsMetadataUrl = OrKeep(request.ToolsMetadataUrl, DefaultToolsMetadataUrl),
                UseInternalToolsMetadata = request.UseInternalToolsMetadata ?? false,
                CaCertBundle = UsableBundle(request.CaCertBundle),
            },
            cancellation);
    }

    /// <summary>Changes the fields that the request has. URLs cannot change while there are credentials, which would be sent to the new ones.</summary>
    public Task<EndpointView> UpdateAsync(
        string name, UpdateGiteaEndpointRequest request, CancellationToken cancellation)
    {
        GiteaEndpointRules.Check(request);
        return UpdateAsync(
            name,
            endpoint =>
            {
                endpoint.Description = request.Description ?? endpoint.Description;
                endpoint.ApiBaseUrl = request.ApiBaseUrl ?? endpoint.ApiBaseUrl;
                endpoint.BaseUrl = request.BaseUrl ?? endpoint.BaseUrl;
                endpoint.ToolsMetadataUrl = OrKeep(request.ToolsMetadataUrl, endpoint.ToolsMetadataUrl);
                endpoint.UseInternalToolsMetadata = request.UseInternalToolsMetadata ?? endpoint.UseInternalToolsMetadata;
                endpoint.CaCertBundle = UsableBundle(request.CaCertBundle) ?? endpoint.CaCertBundle;
            },
            cancellation);
    }
}
