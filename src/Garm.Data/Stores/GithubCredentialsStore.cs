using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Json;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Secrets;
using Garm.Data.Views;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Stores;

/// <summary>
/// The operations on GitHub credentials; checks and messages as GARM's (recorded in <c>github-credentials-*</c>). The token
/// or the App's data goes in and never comes out.
/// </summary>
public sealed class GithubCredentialsStore(UnitOfWork work, SecretSealer sealer)
{
    private const string Taken = "github credentials already exists: duplicate";
    private const string Unknown = "github credentials not found: not found";

    /// <summary>All of them, in the order they were made, without who uses them.</summary>
    public Task<IReadOnlyList<CredentialsView>> ListAsync(CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var credentials = await db.GithubCredentials.Include(x => x.Endpoint).OrderBy(x => x.Id)
                .ToListAsync(cancellation);
            return (IReadOnlyList<CredentialsView>)credentials.ConvertAll(x => x.ToView());
        },
        cancellation);

    /// <summary>One of them, and who uses it.</summary>
    public Task<CredentialsView> GetAsync(long id, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var credentials = await db.GithubCredentials
                .Include(x => x.Endpoint)
                .Include(x => x.Repositories.OrderBy(y => y.CreatedAt))
                .Include(x => x.Organizations.OrderBy(y => y.CreatedAt))
                .Include(x => x.Enterprises.OrderBy(y => y.CreatedAt))
                .AsSplitQuery()
                .SingleOrDefaultAsync(x => x.Id == id, cancellation);
            return credentials?.ToDetailedView()
                ?? throw GarmException.NotFound($"failed to get github credentials: {Unknown}");
        },
        cancellation);

    /// <summary>Makes some.</summary>
    public Task<CredentialsView> CreateAsync(CreateGithubCredentialsRequest request, CancellationToken cancellation)
    {
        const string failed = "failed to create github credentials: error creating github credentials";
        GithubCredentialsRules.Check(request);
        var endpointName = Normalized.Of(request.Endpoint!);
        return work.WriteAsync(
            async db =>
            {
                var endpoint = await db.Endpoints.SingleOrDefaultAsync(
                        x => x.NormalizedName == endpointName && x.EndpointType == ForgeTypes.Github, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: github endpoint not found: not found");
                if (await IsTakenAsync(db, request.Name!, 0, cancellation))
                    throw GarmException.Conflict($"{failed}: {Taken}");
                var credentials = new GithubCredentials
                {
                    Name = request.Name!,
                    Description = request.Description ?? "",
                    AuthType = request.AuthType!,
                    SealedPayload = request.AuthType == AuthTypes.Pat ? Seal(request.Pat!) : Seal(request.App!),
                    Endpoint = endpoint,
                };
                db.GithubCredentials.Add(credentials);
                return credentials;
            },
            credentials => credentials.ToView(),
            cancellation);
    }

    /// <summary>Changes what the request names; a token or an App's data always counts as a change.</summary>
    public Task<CredentialsView> UpdateAsync(
        long id, UpdateGithubCredentialsRequest request, CancellationToken cancellation)
    {
        const string failed = "failed to update github credentials: error updating github credentials";
        GithubCredentialsRules.Check(request);
        return work.WriteAsync(
            async db =>
            {
                var credentials = await db.GithubCredentials.Include(x => x.Endpoint)
                        .SingleOrDefaultAsync(x => x.Id == id, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: {Unknown}");
                if (request.App is not null && credentials.AuthType == AuthTypes.Pat)
                    throw GarmException.BadRequest($"{failed}: cannot update app credentials for PAT: invalid request");
                if (request.Pat is not null && credentials.AuthType == AuthTypes.App)
                    throw GarmException.BadRequest($"{failed}: cannot update PAT credentials for app: invalid request");
                if (request.Name is { } name && await IsTakenAsync(db, name, id, cancellation))
                    throw GarmException.Conflict($"{failed}: {Taken}");

                credentials.Name = request.Name ?? credentials.Name;
                credentials.Description = request.Description ?? credentials.Description;
                if (request.Pat is { } pat) credentials.SealedPayload = Seal(pat);
                if (request.App is { } app) credentials.SealedPayload = Seal(app);
                if (request.Pat is not null || request.App is not null) db.Touch(credentials);
                return credentials;
            },
            credentials => credentials.ToView(),
            cancellation);
    }

    /// <summary>Removes some; none is there is no error. Refused while an entity uses them.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            if (await db.GithubCredentials.SingleOrDefaultAsync(x => x.Id == id, cancellation) is not { } credentials) return;
            if (await FindUsersAsync(db, id, cancellation) is { } users)
            {
                throw GarmException.BadRequest(
                    "failed to delete github credentials: error deleting github credentials: "
                    + $"cannot delete credentials with {users}: invalid request");
            }

            db.GithubCredentials.Remove(credentials);
        },
        cancellation);

    private byte[] Seal<T>(T payload) =>
        sealer.Seal(JsonSerializer.Serialize(payload, GarmJson.Options), SecretPurposes.GithubCredentials);

    private static async Task<string?> FindUsersAsync(GarmDbContext db, long id, CancellationToken cancellation)
    {
        if (await db.Repositories.AnyAsync(x => x.CredentialsId == id, cancellation)) return "repositories";
        if (await db.Organizations.AnyAsync(x => x.CredentialsId == id, cancellation)) return "organizations";
        return await db.Enterprises.AnyAsync(x => x.CredentialsId == id, cancellation) ? "enterprises" : null;
    }

    private static Task<bool> IsTakenAsync(GarmDbContext db, string name, long exceptId, CancellationToken cancellation)
    {
        var normalized = Normalized.Of(name);
        return db.GithubCredentials.AnyAsync(x => x.NormalizedName == normalized && x.Id != exceptId, cancellation);
    }
}
