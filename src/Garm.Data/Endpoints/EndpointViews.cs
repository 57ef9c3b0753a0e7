using Garm.Contracts.Entities;
using Garm.Data.Model;
using static Garm.Data.Values.ViewValues;

namespace Garm.Data.Endpoints;

/// <summary>The view of an endpoint in the REST API and in events.</summary>
internal static class EndpointViews
{
    /// <summary>The endpoint's addresses.</summary>
    public static EndpointView ToView(this ForgeEndpoint endpoint) => new()
    {
        Name = OrNull(endpoint.Name),
        Description = OrNull(endpoint.Description),
        ApiBaseUrl = OrNull(endpoint.ApiBaseUrl),
        UploadBaseUrl = OrNull(endpoint.UploadBaseUrl),
        BaseUrl = OrNull(endpoint.BaseUrl),
        CaCertBundle = endpoint.CaCertBundle,
        CreatedAt = endpoint.CreatedAt,
        UpdatedAt = endpoint.UpdatedAt,
        ToolsMetadataUrl = OrNull(endpoint.ToolsMetadataUrl),
        UseInternalToolsMetadata = endpoint.EndpointType == ForgeTypes.Gitea ? endpoint.UseInternalToolsMetadata : null,
        EndpointType = endpoint.EndpointType,
    };

    public static EndpointView ToDeletedView(this ForgeEndpoint endpoint) => new() { Name = endpoint.Name };
}
