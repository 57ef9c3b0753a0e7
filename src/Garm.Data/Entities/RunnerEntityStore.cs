using System.Linq.Expressions;
using System.Security.Cryptography;
using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Secrets;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Entities;

/// <summary>
/// The operations that repositories, organizations, enterprises and forge instances have in common; checks, their order and messages are
/// GARM's (recorded in <c>repository-crud</c>, <c>organization-crud</c>, <c>enterprise-crud</c> and others).
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TView">The entity's view.</typeparam>
/// <typeparam name="TCreate">The request to create one.</typeparam>
public abstract class RunnerEntityStore<TEntity, TView, TCreate>(EntityKind kind, UnitOfWork work, SecretSealer sealer)
    where TEntity : RunnerEntity
    where TCreate : CreateEntityRequest
{
    private readonly EntityTraits _traits = EntityTraits.Of(kind);

    /// <summary>The kind of entity.</summary>
    public EntityKind Kind => kind;

    /// <summary>The entities that match the filter, by creation time.</summary>
    public Task<IReadOnlyList<TView>> ListAsync(EntityFilter filter, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var found = await Narrow(Whole(db), filter).OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).ToListAsync(cancellation);
            return (IReadOnlyList<TView>)[.. found.Where(x => IsWanted(x, filter)).Select(ToView)];
        },
        cancellation);

    /// <summary>An entity, with its pools.</summary>
    public Task<TView> GetAsync(string id, CancellationToken cancellation) => work.ReadAsync(
        async db => ToDetailedView(
            await FindAsync(Whole(db).Include(x => x.Pools), id, $"error fetching {_traits.Name}", cancellation)),
        cancellation);

    /// <summary>Creates an entity on the endpoint of its credentials.</summary>
    public Task<TView> CreateAsync(TCreate request, CancellationToken cancellation)
    {
        Validate(request);
        return work.WriteAsync(
            async db =>
            {
                var credentials = await EntityCredentials.FindAsync(
                        db, ForgeTypeOf(request), request.CredentialsName!, cancellation)
                    ?? throw GarmException.BadRequest($"credentials {request.CredentialsName} not defined");
                CheckEndpoint(request, credentials.Endpoint!);

                var entity = New(request);
                if (await db.Set<TEntity>().Where(HasNameOf(entity)).AnyAsync(x => x.EndpointId == credentials.EndpointId, cancellation))
                    throw GarmException.Conflict($"{_traits.Name} {FullNameOf(entity)} already exists");

                entity.Id = Guid.NewGuid();
                entity.Credentials = credentials;
                entity.Endpoint = credentials.Endpoint;
                entity.SealedWebhookSecret = sealer.Seal(request.WebhookSecret!, SecretPurposes.WebhookSecret);
                entity.PoolBalancerType = string.IsNullOrEmpty(request.PoolBalancerType)
                    ? PoolBalancerTypes.RoundRobin
                    : request.PoolBalancerType;
                entity.AgentMode = request.AgentMode ?? false;
                db.Add(entity);
                return entity;
            },
            ToView,
            cancellation);
    }

    /// <summary>Changes the fields that the request has. An equal webhook secret is no change.</summary>
    public Task<TView> UpdateAsync(string id, UpdateEntityRequest request, CancellationToken cancellation)
    {
        if (!IsBalancer(request.PoolBalancerType))
            throw GarmException.BadRequest($"invalid pool balancer type: {request.PoolBalancerType}");
        return work.WriteAsync(
            async db =>
            {
                var entity = await FindAsync(Whole(db), id, _traits.UpdateFailed, cancellation);
                await RenameAsync(db, entity, request, cancellation);
                if (!string.IsNullOrEmpty(request.CredentialsName))
                    await ChangeCredentialsAsync(db, entity, request.CredentialsName, cancellation);
                if (!string.IsNullOrEmpty(request.WebhookSecret) && !IsSecretOf(entity, request.WebhookSecret))
                    entity.SealedWebhookSecret = sealer.Seal(request.WebhookSecret, SecretPurposes.WebhookSecret);
                if (!string.IsNullOrEmpty(request.PoolBalancerType)) entity.PoolBalancerType = request.PoolBalancerType;
                entity.AgentMode = request.AgentMode ?? entity.AgentMode;
                return entity;
            },
            ToView,
            cancellation);
    }

    /// <summary>Stores the health of the entity's runner provider, which the provider reports.</summary>
    public Task<TView> UpdateStatusAsync(string id, PoolManagerStatusRequest request, CancellationToken cancellation)
    {
        if (request.Running is not { } running)
            throw GarmException.BadRequest("missing running: true, or false with a failure_reason");
        if (running && !string.IsNullOrEmpty(request.FailureReason))
            throw GarmException.BadRequest("failure_reason is accepted only with running false");
        return work.WriteAsync(
            async db =>
            {
                var entity = await FindAsync(Whole(db), id, _traits.UpdateFailed, cancellation);
                entity.PoolManagerRunning = running;
                entity.PoolManagerFailure = request.FailureReason ?? "";
                return entity;
            },
            ToView,
            cancellation);
    }

    /// <summary>Deletes an entity, and its jobs that are not completed and have no other entity. Refused while it has pools or scale sets.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            var entity = await FindAsync(Whole(db).Include(x => x.Pools), id, $"error fetching {_traits.ShortName}", cancellation);
            if (entity.Pools.Count > 0)
            {
                var pools = entity.Pools.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.Id.ToString("D"));
                throw GarmException.BadRequest($"{_traits.ShortName} has pools defined ({string.Join(", ", pools)})");
            }

            if (await db.ScaleSets.AnyAsync(ScaleSetOwners.Of(kind, entity.Id), cancellation))
                throw GarmException.BadRequest($"{_traits.ScaleSetsOwner} has scale sets defined; delete them first");

            await JobOwners.LeaveAsync(db, rules, kind, entity.Id, cancellation);
            db.Remove(entity);
        },
        cancellation);

    /// <summary>The refusal of a request without the required names; null when they are present.</summary>
    protected abstract string? MissingName(TCreate request);

    /// <summary>A new, unsaved entity with its names only.</summary>
    protected abstract TEntity New(TCreate request);

    /// <summary>Sets the names that the request has; false when nothing changed.</summary>
    /// <exception cref="GarmException">400: this kind has no such name.</exception>
    protected virtual bool Rename(TEntity entity, UpdateEntityRequest request)
    {
        if (!string.IsNullOrEmpty(request.Owner))
            throw GarmException.BadRequest($"{_traits.UpdateFailed}: owner is accepted only for repositories");
        if (string.IsNullOrEmpty(request.Name) || request.Name == entity.Name) return false;
        entity.Name = request.Name;
        return true;
    }

    /// <summary>GARM's name for it in the refusal of a duplicate.</summary>
    protected virtual string FullNameOf(TEntity entity) => entity.Name;

    /// <summary>Finds entities that conflict with it on the same endpoint.</summary>
    protected virtual Expression<Func<TEntity, bool>> HasNameOf(TEntity entity)
    {
        var name = entity.NormalizedName;
        return x => x.NormalizedName == name;
    }

    /// <summary>Filters in the database; without regard to case, since not every engine could compare case.</summary>
    protected virtual IQueryable<TEntity> Narrow(IQueryable<TEntity> all, EntityFilter filter)
    {
        var name = Normalized.Of(filter.Name ?? "");
        var endpoint = Normalized.Of(filter.Endpoint ?? "");
        if (name.Length > 0) all = all.Where(x => x.NormalizedName == name);
        return endpoint.Length > 0 ? all.Where(x => x.Endpoint!.NormalizedName == endpoint) : all;
    }

    /// <summary>Filters the result of <see cref="Narrow"/> with regard to case.</summary>
    protected virtual bool IsWanted(TEntity entity, EntityFilter filter) =>
        EntityFilter.Admits(filter.Name, entity.Name) && EntityFilter.Admits(filter.Endpoint, entity.Endpoint!.Name);

    /// <summary>The forge type of the credentials in the request; null or empty for any.</summary>
    protected virtual string? ForgeTypeOf(TCreate request) => request.ForgeType;

    /// <summary>The refusal of a forge type that is not accepted; null when it is.</summary>
    protected virtual string? WrongForgeType(TCreate request) =>
        ForgeTypeOf(request) is null or "" or ForgeTypes.Github or ForgeTypes.Gitea ? null : "invalid forge type";

    /// <summary>The refusal of a request without a webhook secret.</summary>
    protected virtual string MissingSecret => "missing secret";

    /// <summary>Refuses credentials of an endpoint other than the requested one.</summary>
    protected virtual void CheckEndpoint(TCreate request, ForgeEndpoint endpoint)
    {
    }

    /// <summary>The view without pools.</summary>
    protected abstract TView ToView(TEntity entity);

    /// <summary>The view with pools.</summary>
    protected abstract TView ToDetailedView(TEntity entity);

    private static IQueryable<TEntity> Whole(GarmDbContext db) =>
        db.Set<TEntity>().Include(x => x.Endpoint).Include(x => x.Credentials!.Endpoint);

    private static bool IsBalancer(string? type) =>
        type is null or "" or PoolBalancerTypes.RoundRobin or PoolBalancerTypes.Pack;

    private void Validate(TCreate request)
    {
        var refusal = MissingName(request);
        if (string.IsNullOrEmpty(request.CredentialsName)) refusal ??= "missing credentials name";
        if (string.IsNullOrEmpty(request.WebhookSecret)) refusal ??= MissingSecret;
        refusal ??= WrongForgeType(request);
        if (!IsBalancer(request.PoolBalancerType)) refusal ??= "invalid pool balancer type";
        if (refusal is not null) throw GarmException.BadRequest($"error validating params: {refusal}");
    }

    private async Task<TEntity> FindAsync(
        IQueryable<TEntity> all, string id, string failed, CancellationToken cancellation)
    {
        failed = $"{failed}: error fetching {_traits.ShortName}";
        var key = EntityIds.Parse(_traits, id, failed);
        return await all.SingleOrDefaultAsync(x => x.Id == key, cancellation) ?? throw GarmException.NotFound($"{failed}: not found");
    }

    // Pools and scale sets show the name of their entity, so they change with it.
    private async Task RenameAsync(GarmDbContext db, TEntity entity, UpdateEntityRequest request, CancellationToken cancellation)
    {
        if (!Rename(entity, request)) return;
        if (await db.Set<TEntity>().Where(HasNameOf(entity)).AnyAsync(x => x.EndpointId == entity.EndpointId && x.Id != entity.Id, cancellation))
            throw GarmException.Conflict($"{_traits.UpdateFailed}: {_traits.Name} {FullNameOf(entity)} already exists");
        foreach (var pool in await db.Pools.Where(_traits.PoolsOf(entity.Id)).ToListAsync(cancellation)) db.Touch(pool);
        foreach (var set in await db.ScaleSets.Where(ScaleSetOwners.Of(kind, entity.Id)).ToListAsync(cancellation)) db.Touch(set);
    }

    private async Task ChangeCredentialsAsync(
        GarmDbContext db, TEntity entity, string name, CancellationToken cancellation)
    {
        var forgeType = entity.Endpoint!.EndpointType;
        var credentials = await EntityCredentials.FindAsync(db, forgeType, name, cancellation) ?? throw GarmException.NotFound(
            $"{_traits.UpdateFailed}: error fetching credentials: {ForgeWords.Of(forgeType).MissingCredentialsNamed(name)}");
        if (credentials.EndpointId != entity.EndpointId)
            throw GarmException.BadRequest($"{_traits.UpdateFailed}: endpoint mismatch");
        entity.CredentialsId = credentials.Id;
        entity.Credentials = credentials;
    }

    private bool IsSecretOf(TEntity entity, string secret)
    {
        try
        {
            return sealer.Open(entity.SealedWebhookSecret, SecretPurposes.WebhookSecret) == secret;
        }
        catch (CryptographicException)
        {
            // Encrypted with another passphrase: the new secret replaces it.
            return false;
        }
    }
}
