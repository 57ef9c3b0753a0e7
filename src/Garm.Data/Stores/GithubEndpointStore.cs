using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Views;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>
/// The operations on GitHub endpoints; checks and messages as GARM's (recorded in <c>github-endpoint-*</c>). The endpoints
/// of other forges do not exist here, except that their names are taken.
/// </summary>
public sealed class GithubEndpointStore(UnitOfWork work)
{
    private static readonly Func<GarmDbContext, string, CancellationToken, Task<ForgeEndpoint?>> FindByName =
        EF.CompileAsyncQuery((GarmDbContext db, string normalized, CancellationToken _) =>
            db.Endpoints.SingleOrDefault(x => x.NormalizedName == normalized && x.EndpointType == ForgeTypes.Github));

    /// <summary>All of them, in the order they were made.</summary>
    public Task<IReadOnlyList<EndpointView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var endpoints = await db.Endpoints.Where(x => x.EndpointType == ForgeTypes.Github).OrderBy(x => x.Id)
                .ToListAsync(cancellation);
            return (IReadOnlyList<EndpointView>)endpoints.ConvertAll(x => x.ToView());
        },
        cancellation);

    /// <summary>One of them.</summary>
    public Task<EndpointView> GetAsync(string name, CancellationToken cancellation) => work.ReadAsync(
        async db => (await FindAsync(db, name, cancellation)
            ?? throw GarmException.NotFound("failed to get github endpoint: github endpoint not found: not found")).ToView(),
        cancellation);

    /// <summary>Makes one.</summary>
    public Task<EndpointView> CreateAsync(CreateGithubEndpointRequest request, CancellationToken cancellation)
    {
        const string failed = "failed to create github endpoint: error creating github endpoint";
        GithubEndpointRules.Check(request);
        var normalized = Normalized.Of(request.Name!);
        return work.WriteAsync(
            async db =>
            {
                if (await db.Endpoints.AnyAsync(x => x.NormalizedName == normalized, cancellation))
                    throw GarmException.Conflict($"{failed}: error github endpoint already exists: duplicate");
                var endpoint = new ForgeEndpoint
                {
                    Name = request.Name!,
                    EndpointType = ForgeTypes.Github,
                    Description = request.Description ?? "",
                    ApiBaseUrl = request.ApiBaseUrl!,
                    UploadBaseUrl = request.UploadBaseUrl!,
                    BaseUrl = request.BaseUrl!,
                    CaCertBundle = UsableBundle(request.CaCertBundle),
                };
                db.Endpoints.Add(endpoint);
                return endpoint;
            },
            endpoint => endpoint.ToView(),
            cancellation);
    }

    /// <summary>Changes what the request names. The URLs stay while there are credentials that would be sent there.</summary>
    public Task<EndpointView> UpdateAsync(
        string name, UpdateGithubEndpointRequest request, CancellationToken cancellation)
    {
        const string failed = "failed to update github endpoint: error updating github endpoint";
        GithubEndpointRules.Check(request);
        return work.WriteAsync(
            async db =>
            {
                var endpoint = await FindAsync(db, name, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: error github endpoint not found: not found");
                if (ChangesUrl(request, endpoint)
                    && await db.GithubCredentials.AnyAsync(x => x.EndpointId == endpoint.Id, cancellation))
                {
                    throw GarmException.BadRequest(
                        $"{failed}: cannot update endpoint URLs with existing credentials: invalid request");
                }

                endpoint.Description = request.Description ?? endpoint.Description;
                endpoint.ApiBaseUrl = request.ApiBaseUrl ?? endpoint.ApiBaseUrl;
                endpoint.UploadBaseUrl = request.UploadBaseUrl ?? endpoint.UploadBaseUrl;
                endpoint.BaseUrl = request.BaseUrl ?? endpoint.BaseUrl;
                endpoint.CaCertBundle = UsableBundle(request.CaCertBundle) ?? endpoint.CaCertBundle;
                return endpoint;
            },
            endpoint => endpoint.ToView(),
            cancellation);
    }

    /// <summary>Removes one; none is there is no error. Refused while anything belongs to it.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, name, cancellation) is not { } endpoint) return;
            if (await IsInUseAsync(db, endpoint.Id, cancellation))
            {
                throw GarmException.BadRequest(
                    "failed to delete github endpoint: error deleting github endpoint: "
                    + "cannot delete endpoint with associated entities: invalid request");
            }

            db.Endpoints.Remove(endpoint);
        },
        cancellation);

    private static bool ChangesUrl(UpdateGithubEndpointRequest request, ForgeEndpoint endpoint) =>
        (request.ApiBaseUrl ?? endpoint.ApiBaseUrl) != endpoint.ApiBaseUrl
        || (request.UploadBaseUrl ?? endpoint.UploadBaseUrl) != endpoint.UploadBaseUrl
        || (request.BaseUrl ?? endpoint.BaseUrl) != endpoint.BaseUrl;

    private static byte[]? UsableBundle(byte[]? bundle) =>
        bundle is not null && CaBundle.HasCertificate(bundle) ? bundle : null;

    private static async Task<bool> IsInUseAsync(GarmDbContext db, long id, CancellationToken cancellation) =>
        await db.GithubCredentials.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.Repositories.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.Organizations.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.Enterprises.AnyAsync(x => x.EndpointId == id, cancellation);

    private static Task<ForgeEndpoint?> FindAsync(GarmDbContext db, string name, CancellationToken cancellation) =>
        FindByName(db, Normalized.Of(name), cancellation);
}
