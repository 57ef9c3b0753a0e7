using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Writes;

namespace Garm.Data.Endpoints;

/// <summary>The operations on GitHub endpoints; checks and messages are GARM's (recorded in <c>github-endpoint-*</c>).</summary>
public sealed class GithubEndpointStore(UnitOfWork work) : ForgeEndpointStore(ForgeWords.Github, work)
{
    /// <summary>Creates an endpoint.</summary>
    public Task<EndpointView> CreateAsync(CreateGithubEndpointRequest request, CancellationToken cancellation)
    {
        GithubEndpointRules.Check(request);
        return CreateAsync(
            request.Name!,
            () => new ForgeEndpoint
            {
                Description = request.Description ?? "",
                ApiBaseUrl = request.ApiBaseUrl!,
                UploadBaseUrl = request.UploadBaseUrl!,
                BaseUrl = request.BaseUrl!,
                CaCertBundle = UsableBundle(request.CaCertBundle),
            },
            cancellation);
    }

    /// <summary>Changes the fields that the request has. URLs cannot change while there are credentials, which would be sent to the new ones.</summary>
    public Task<EndpointView> UpdateAsync(
        string name, UpdateGithubEndpointRequest request, CancellationToken cancellation)
    {
        GithubEndpointRules.Check(request);
        return UpdateAsync(
            name,
            endpoint =>
            {
                endpoint.Description = request.Description ?? endpoint.Description;
                endpoint.ApiBaseUrl = request.ApiBaseUrl ?? endpoint.ApiBaseUrl;
                endpoint.UploadBaseUrl = request.UploadBaseUrl ?? endpoint.UploadBaseUrl;
                endpoint.BaseUrl = request.BaseUrl ?? endpoint.BaseUrl;
                endpoint.CaCertBundle = UsableBundle(request.CaCertBundle) ?? endpoint.CaCertBundle;
            },
            cancellation);
    }
}
