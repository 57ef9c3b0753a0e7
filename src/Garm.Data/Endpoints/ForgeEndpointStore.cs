using Garm.Contracts.Entities;
using Garm.Data.Engines;
using Garm.Data.Model;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Endpoints;

/// <summary>
/// The operations on the endpoints of one kind of forge. Endpoints of other forges are not visible here, but
/// their names are taken.
/// </summary>
public abstract class ForgeEndpointStore
{
    private static readonly CompiledQuery<Func<GarmDbContext, string, string, CancellationToken, Task<ForgeEndpoint?>>> FindByName =
        new(() => EF.CompileAsyncQuery((GarmDbContext db, string normalized, string forgeType, CancellationToken _) =>
            db.Endpoints.SingleOrDefault(x => x.NormalizedName == normalized && x.EndpointType == forgeType)));

    private readonly UnitOfWork _work;
    private readonly ForgeWords _words;

    private protected ForgeEndpointStore(ForgeWords words, UnitOfWork work) => (_words, _work) = (words, work);

    /// <summary>All endpoints of the forge, by creation time.</summary>
    public Task<IReadOnlyList<EndpointView>> ListAsync(CancellationToken cancellation) => _work.ReadAsync(
        async db =>
        {
            var endpoints = await db.Endpoints.Where(x => x.EndpointType == _words.ForgeType).OrderBy(x => x.Id)
                .ToListAsync(cancellation);
            return (IReadOnlyList<EndpointView>)endpoints.ConvertAll(x => x.ToView());
        },
        cancellation);

    /// <summary>An endpoint.</summary>
    public Task<EndpointView> GetAsync(string name, CancellationToken cancellation) => _work.ReadAsync(
        async db => (await FindAsync(db, name, cancellation) ?? throw GarmException.NotFound(
            $"failed to get {_words.ForgeType} endpoint: {_words.MissingEndpoint(name)}")).ToView(),
        cancellation);

    /// <summary>Deletes an endpoint if it exists. Refused while other entities refer to it.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellation) => _work.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, name, cancellation) is not { } endpoint) return;
            if (await IsInUseAsync(db, endpoint.Id, cancellation))
            {
                throw GarmException.BadRequest(
                    $"failed to delete {_words.ForgeType} endpoint: error deleting {_words.ForgeType} endpoint: "
                    + $"cannot delete endpoint with associated entities{_words.Invalid}");
            }

            db.Endpoints.Remove(endpoint);
        },
        cancellation);

    /// <summary>Stores a checked, new endpoint.</summary>
    /// <param name="make">Creates it; called by each attempt.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Cancels the call.</param>
    private protected Task<EndpointView> CreateAsync(string name, Func<ForgeEndpoint> make, CancellationToken cancellation)
    {
        var normalized = Normalized.Of(name);
        return _work.WriteAsync(
            async db =>
            {
                if (await db.Endpoints.AnyAsync(x => x.NormalizedName == normalized, cancellation))
                {
                    throw GarmException.Conflict(
                        $"failed to create {_words.ForgeType} endpoint: error creating {_words.ForgeType} endpoint: {_words.EndpointTaken}");
                }

                var endpoint = make();
                endpoint.Name = name;
                endpoint.EndpointType = _words.ForgeType;
                db.Endpoints.Add(endpoint);
                return endpoint;
            },
            endpoint => endpoint.ToView(),
            cancellation);
    }

    /// <summary>Changes an endpoint. A change of its URLs is refused while it has credentials, which would be sent to the new URLs.</summary>
    private protected Task<EndpointView> UpdateAsync(
        string name, Action<ForgeEndpoint> change, CancellationToken cancellation)
    {
        var failed = $"failed to update {_words.ForgeType} endpoint: error updating {_words.ForgeType} endpoint";
        return _work.WriteAsync(
            async (db, rules) =>
            {
                var endpoint = await FindAsync(db, name, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: {_words.MissingEndpointToUpdate(name)}");
                var urls = UrlsOf(endpoint);
                change(endpoint);
                if (UrlsOf(endpoint) == urls) return endpoint;
                await RequireNoCredentialsAsync();
                rules.Add(RequireNoCredentialsAsync);
                return endpoint;

                async Task RequireNoCredentialsAsync()
                {
                    if (!await db.Credentials.AnyAsync(x => x.EndpointId == endpoint.Id, cancellation)) return;
                    throw GarmException.BadRequest(
                        $"{failed}: cannot update endpoint URLs with existing credentials{_words.Invalid}");
                }
            },
            endpoint => endpoint.ToView(),
            cancellation);
    }

    /// <summary>The bundle; null when it contains no certificate, which GARM ignores too.</summary>
    private protected static byte[]? UsableBundle(byte[]? bundle) =>
        bundle is not null && CaBundle.HasCertificate(bundle) ? bundle : null;

    private static (string Api, string Upload, string Base) UrlsOf(ForgeEndpoint endpoint) =>
        (endpoint.ApiBaseUrl, endpoint.UploadBaseUrl, endpoint.BaseUrl);

    private static async Task<bool> IsInUseAsync(GarmDbContext db, long id, CancellationToken cancellation) =>
        await db.Credentials.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.Repositories.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.Organizations.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.Enterprises.AnyAsync(x => x.EndpointId == id, cancellation)
        || await db.ForgeInstances.AnyAsync(x => x.EndpointId == id, cancellation);

    private Task<ForgeEndpoint?> FindAsync(GarmDbContext db, string name, CancellationToken cancellation) =>
        FindByName.For(db)(db, Normalized.Of(name), _words.ForgeType, cancellation);
}
