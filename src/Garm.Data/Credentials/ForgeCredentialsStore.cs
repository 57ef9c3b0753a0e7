using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Json;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Credentials;

/// <summary>
/// The operations on the credentials for one kind of forge. Clients can set the token or the App's data, but not read it.
/// </summary>
/// <typeparam name="TCredentials">The kind.</typeparam>
public abstract class ForgeCredentialsStore<TCredentials>
    where TCredentials : ForgeCredentials, new()
{
    private readonly UnitOfWork _work;
    private readonly SecretSealer _sealer;
    private readonly ForgeWords _words;
    private readonly string _purpose;

    private protected ForgeCredentialsStore(ForgeWords words, string purpose, UnitOfWork work, SecretSealer sealer) =>
        (_words, _purpose, _work, _sealer) = (words, purpose, work, sealer);

    /// <summary>All credentials of the kind, by creation time, without the entities that use them.</summary>
    public Task<IReadOnlyList<CredentialsView>> ListAsync(CancellationToken cancellation) => _work.ReadAsync(
        async db =>
        {
            var credentials = await db.Set<TCredentials>().Include(x => x.Endpoint).OrderBy(x => x.Id)
                .ToListAsync(cancellation);
            return (IReadOnlyList<CredentialsView>)credentials.ConvertAll(x => x.ToView());
        },
        cancellation);

    /// <summary>Credentials, and the entities that use them.</summary>
    public Task<CredentialsView> GetAsync(long id, CancellationToken cancellation) => _work.ReadAsync(
        async db =>
        {
            var credentials = await db.Set<TCredentials>()
                .Include(x => x.Endpoint)
                .Include(x => x.Repositories.OrderBy(y => y.CreatedAt))
                .Include(x => x.Organizations.OrderBy(y => y.CreatedAt))
                .Include(x => x.Enterprises.OrderBy(y => y.CreatedAt))
                .AsSplitQuery()
                .SingleOrDefaultAsync(x => x.Id == id, cancellation);
            return credentials?.ToDetailedView() ?? throw GarmException.NotFound(
                $"{_words.FailedCredentials} to get {_words.ForgeType} credentials: {_words.MissingCredentials}");
        },
        cancellation);

    /// <summary>Deletes credentials if they exist. Refused while an entity uses them.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) => _work.WriteAsync(
        async db =>
        {
            if (await db.Set<TCredentials>().SingleOrDefaultAsync(x => x.Id == id, cancellation) is not { } credentials) return;
            if (await FindUsersAsync(db, id, cancellation) is { } users)
                throw GarmException.BadRequest($"{Failed("delete", "deleting")}: cannot delete credentials with {users}{_words.Invalid}");
            db.Remove(credentials);
        },
        cancellation);

    /// <summary>Stores new, checked credentials.</summary>
    /// <param name="make">Creates them, without their endpoint; called by each attempt.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="cancellation">Cancels the call.</param>
    private protected Task<CredentialsView> CreateAsync(
        Func<TCredentials> make, string endpointName, CancellationToken cancellation)
    {
        var failed = Failed("create", "creating");
        var normalized = Normalized.Of(endpointName);
        return _work.WriteAsync(
            async db =>
            {
                var credentials = make();
                credentials.Endpoint = await db.Endpoints.SingleOrDefaultAsync(
                        x => x.NormalizedName == normalized && x.EndpointType == _words.ForgeType, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: {_words.MissingEndpoint(endpointName)}");
                await RefuseTakenAsync(db, credentials.Name, 0, failed, cancellation);
                db.Add(credentials);
                return credentials;
            },
            credentials => credentials.ToView(),
            cancellation);
    }

    /// <summary>Changes the values that are not null; a payload always counts as a change.</summary>
    /// <param name="id">The key.</param>
    /// <param name="name">The new name.</param>
    /// <param name="description">The new description.</param>
    /// <param name="payload">The new secret, sealed.</param>
    /// <param name="check">Refuses a change that does not fit the current credentials; its second argument is the beginning of a refusal.</param>
    /// <param name="cancellation">Cancels the call.</param>
    private protected Task<CredentialsView> UpdateAsync(
        long id, string? name, string? description, byte[]? payload, Action<TCredentials, string>? check,
        CancellationToken cancellation)
    {
        var failed = Failed("update", "updating");
        return _work.WriteAsync(
            async db =>
            {
                var credentials = await db.Set<TCredentials>().Include(x => x.Endpoint)
                        .SingleOrDefaultAsync(x => x.Id == id, cancellation)
                    ?? throw GarmException.NotFound($"{failed}: {_words.MissingCredentials}");
                check?.Invoke(credentials, failed);
                if (name is not null) await RefuseTakenAsync(db, name, id, failed, cancellation);

                credentials.Name = name ?? credentials.Name;
                credentials.Description = description ?? credentials.Description;
                if (payload is null) return credentials;
                credentials.SealedPayload = payload;
                db.Touch(credentials);
                return credentials;
            },
            credentials => credentials.ToView(),
            cancellation);
    }

    private protected byte[] Seal<T>(T payload) =>
        _sealer.Seal(JsonSerializer.Serialize(payload, GarmJson.Options), _purpose);

    private string Failed(string doing, string done) =>
        $"{_words.FailedCredentials} to {doing} {_words.ForgeType} credentials: error {done} {_words.ForgeType} credentials";

    private async Task RefuseTakenAsync(
        GarmDbContext db, string name, long exceptId, string failed, CancellationToken cancellation)
    {
        var normalized = Normalized.Of(name);
        if (await db.Set<TCredentials>().AnyAsync(x => x.NormalizedName == normalized && x.Id != exceptId, cancellation))
            throw GarmException.Conflict($"{failed}: {_words.ForgeType} credentials already exists: duplicate");
    }

    private static async Task<string?> FindUsersAsync(GarmDbContext db, long id, CancellationToken cancellation)
    {
        if (await db.Repositories.AnyAsync(x => x.CredentialsId == id, cancellation)) return "repositories";
        if (await db.Organizations.AnyAsync(x => x.CredentialsId == id, cancellation)) return "organizations";
        if (await db.Enterprises.AnyAsync(x => x.CredentialsId == id, cancellation)) return "enterprises";
        return await db.ForgeInstances.AnyAsync(x => x.CredentialsId == id, cancellation) ? "forge instances" : null;
    }
}
