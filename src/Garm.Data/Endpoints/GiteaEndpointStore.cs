using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Writes;
using static Garm.Data.Values.RequestValues;

namespace Garm.Data.Endpoints;

/// <summary>The operations on Gitea endpoints; checks and messages as GARM's (recorded in <c>gitea-endpoint-*</c>).</summary>
public sealed class GiteaEndpointStore(UnitOfWork work) : ForgeEndpointStore(ForgeWords.Gitea, work)
{
    /// <summary>GARM's default: where Gitea itself lists its runner's releases.</summary>
    private const string DefaultToolsMetadataUrl = "https://gitea.com/api/v1/repos/gitea/runner/releases";

    /// <summary>Creates one.</summary>
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

    /// <summary>Changes what the request names. The URLs stay while there are credentials that would be sent there.</summary>
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
