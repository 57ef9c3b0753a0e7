using System.Linq.Expressions;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Providers;
using Garm.Data.Values;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Pools;

/// <summary>
/// The operations on pools, under their entity and by their own id; checks, their order and messages are
/// GARM's (recorded in <c>repo-pool-crud</c>, <c>pool-validation</c>, <c>pools-by-id</c> and others).
/// </summary>
public sealed class PoolStore(UnitOfWork work, IProviderCatalog providers)
{
    private const string PoolFailed = "error fetching pool: fetching pool";
    private const string PoolByIdFailed = "error fetching pool: error fetching pool by ID";
    private const string HasRunners = "pool has runners";
    private const string UpdateFailed = "error updating pool: error updating pool";

    /// <summary>All pools of all entities, in the order of their creation, in pages.</summary>
    public IAsyncEnumerable<IReadOnlyList<PoolView>> ListAsync(CancellationToken cancellation) => ListAsync(_ => true, cancellation);

    /// <summary>The pools of one entity.</summary>
    /// <exception cref="GarmException">400 or 404: the entity does not exist.</exception>
    public async Task<IAsyncEnumerable<IReadOnlyList<PoolView>>> ListAsync(EntityKind kind, string entityId, CancellationToken cancellation)
    {
        var id = await work.ReadAsync(
            db => EntityLookup.RequireAsync(db, kind, entityId, "error fetching pools: error fetching pools", cancellation), cancellation);
        return ListAsync(EntityTraits.Of(kind).PoolsOf(id), cancellation);
    }

    /// <summary>One pool. Only here a timeout of 0 is shown as the default that it stands for.</summary>
    public Task<PoolView> GetAsync(string poolId, CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var view = (await RequireAsync(db, poolId, cancellation)).ToView();
            return view.RunnerBootstrapTimeout == 0
                ? view with { RunnerBootstrapTimeout = BootstrapTimeouts.Default }
                : view;
        },
        cancellation);

    /// <summary>One pool of one entity.</summary>
    public Task<PoolView> GetAsync(EntityKind kind, string entityId, string poolId, CancellationToken cancellation) =>
        work.ReadAsync(
            async db => (await RequireAsync(db, kind, entityId, poolId, cancellation)).ToView(), cancellation);

    /// <summary>Creates a pool.</summary>
    public Task<PoolView> CreateAsync(
        EntityKind kind, string entityId, CreatePoolRequest request, CancellationToken cancellation)
    {
        var traits = EntityTraits.Of(kind);
        PoolRules.Validate(request, providers, traits.PoolParamsRefused);
        return work.WriteAsync(
            async db =>
            {
                var owner = await EntityLookup.FindOwnerAsync(db, kind, entityId, cancellation);
                var pool = PoolRules.New(request, traits.DefaultsBootstrapTimeout);
                traits.Own(pool, owner);
                pool.Template = await PoolReferences.FindTemplateAsync(
                    db, request.TemplateId, pool.OsType, owner.Endpoint!.EndpointType, cancellation);
                pool.Proxy = await PoolReferences.FindProxyAsync(
                    db, request.ProxyId ?? 0, traits.PoolCreationFailed, cancellation);
                db.Pools.Add(pool);
                await PoolReferences.SetTagsAsync(db, pool, request.Tags!, cancellation);
                return pool;
            },
            x => x.ToView(),
            cancellation);
    }

    /// <summary>
    /// Changes a pool. Unlike under an entity, a timeout of 0 is refused, and a template need not match the pool; it must only
    /// exist.
    /// </summary>
    public Task<PoolView> UpdateAsync(string poolId, UpdatePoolRequest request, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            var pool = await RequireAsync(db, poolId, cancellation);
            if (request.RunnerBootstrapTimeout == 0)
                throw GarmException.BadRequest("runner_bootstrap_timeout cannot be 0");
            PoolRules.Validate(pool, request);
            return await UpdateAsync(db, pool, request, PoolReferences.RequireTemplateAsync, cancellation);
        },
        x => x.ToView(),
        cancellation);

    /// <summary>Changes a pool of one entity.</summary>
    public Task<PoolView> UpdateAsync(
        EntityKind kind, string entityId, string poolId, UpdatePoolRequest request, CancellationToken cancellation) =>
        work.WriteAsync(
            async db =>
            {
                await EntityLookup.FindOwnerAsync(db, kind, entityId, cancellation);
                var pool = await RequireAsync(db, kind, entityId, poolId, cancellation);
                return await UpdateAsync(
                    db, pool, request, (context, id, token) => FindTemplateAsync(context, pool, request, id, token), cancellation);
            },
            x => x.ToView(),
            cancellation);

    /// <summary>Deletes a pool if it exists. Refused while it has runners.</summary>
    public Task DeleteAsync(string poolId, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, poolId, cancellation) is not { } pool) return;
            if (pool.Instances.Count > 0) throw GarmException.BadRequest(HasRunners);
            db.Pools.Remove(pool);
        },
        cancellation);

    /// <summary>Deletes a pool of one entity.</summary>
    public Task DeleteAsync(EntityKind kind, string entityId, string poolId, CancellationToken cancellation) => work.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, kind, entityId, poolId, cancellation) is not { } pool)
            {
                if (!EntityTraits.Of(kind).DeletesUnknownPools) throw PoolNotFound();
                return;
            }

            if (pool.Instances.Count > 0)
            {
                var runners = pool.Instances.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.Id.ToString("D"));
                throw GarmException.BadRequest($"{HasRunners}: {string.Join(", ", runners)}");
            }

            db.Pools.Remove(pool);
        },
        cancellation);

    private static async Task<Pool> UpdateAsync(
        GarmDbContext db, Pool pool, UpdatePoolRequest request,
        Func<GarmDbContext, uint, CancellationToken, Task<Template>> findTemplateAsync, CancellationToken cancellation)
    {
        var make = PoolRules.MakeOf(pool);
        if (request.TemplateId is { } templateId)
        {
            pool.Template = await findTemplateAsync(db, templateId, cancellation);
            pool.TemplateId = pool.Template.Id;
        }

        PoolRules.Validate(pool, request);
        if (request.ProxyId is { } proxyId)
        {
            pool.Proxy = await PoolReferences.FindProxyAsync(db, proxyId, UpdateFailed, cancellation);
            pool.ProxyId = pool.Proxy?.Id;
        }

        PoolRules.Apply(pool, request);
        if (PoolRules.MakeOf(pool) != make) pool.Generation++;
        if (request.Tags is { Count: > 0 } tags)
        {
            await PoolReferences.SetTagsAsync(db, pool, tags, cancellation);
            db.Touch(pool);
        }

        return pool;
    }

    private static Task<Template> FindTemplateAsync(
        GarmDbContext db, Pool pool, UpdatePoolRequest request, uint id, CancellationToken cancellation)
    {
        // An operating system that is changed together with the template must match it; GARM ignores the pool's own in some cases.
        var osType = string.IsNullOrEmpty(request.OsType) ? pool.OsType : request.OsType;
        return PoolReferences.FindTemplateAsync(db, id, osType, pool.OwningEntity().Endpoint!.EndpointType, cancellation);
    }

    private static IQueryable<Pool> Whole(GarmDbContext db) => Listed(db).Include(x => x.Instances).AsSplitQuery();

    private static IQueryable<Pool> Listed(GarmDbContext db) => db.Pools
        .Include(x => x.Tags).ThenInclude(x => x.Tag)
        .Include(x => x.Template)
        .Include(x => x.Proxy)
        .Include(x => x.Repository!.Endpoint)
        .Include(x => x.Organization!.Endpoint)
        .Include(x => x.Enterprise!.Endpoint)
        .Include(x => x.ForgeInstance!.Endpoint);

    private IAsyncEnumerable<IReadOnlyList<PoolView>> ListAsync(Expression<Func<Pool, bool>> among, CancellationToken cancellation) =>
        ListPages.ReadAsync<Pool, PoolView>(
            limit: null,
            (last, size) => work.ReadAsync(
                async db =>
                {
                    var pools = Listed(db).Where(among);
                    if (last is not null) pools = pools.Where(x => x.CreatedAt > last.CreatedAt || (x.CreatedAt == last.CreatedAt && x.Id > last.Id));
                    var found = await pools.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Take(size).ToListAsync(cancellation);
                    return (found.LastOrDefault(), (IReadOnlyList<PoolView>)found.ConvertAll(x => x.ToListedView()));
                },
                cancellation),
            cancellation);

    private static Task<Pool?> FindAsync(GarmDbContext db, string poolId, CancellationToken cancellation)
    {
        var id = EntityIds.Parse(poolId, PoolByIdFailed);
        return Whole(db).SingleOrDefaultAsync(x => x.Id == id, cancellation);
    }

    /// <summary>Checks only that the pool has this entity's id: GARM does not check that the entity exists.</summary>
    private static async Task<Pool?> FindAsync(
        GarmDbContext db, EntityKind kind, string entityId, string poolId, CancellationToken cancellation)
    {
        var id = EntityIds.Parse(poolId, PoolFailed);
        if (!GoUuid.TryParse(entityId, out var owner, out _)) return null;
        return await Whole(db).Where(EntityTraits.Of(kind).PoolsOf(owner)).SingleOrDefaultAsync(x => x.Id == id, cancellation);
    }

    private static async Task<Pool> RequireAsync(GarmDbContext db, string poolId, CancellationToken cancellation) =>
        await FindAsync(db, poolId, cancellation) ?? throw GarmException.NotFound($"{PoolByIdFailed}: not found");

    private static async Task<Pool> RequireAsync(
        GarmDbContext db, EntityKind kind, string entityId, string poolId, CancellationToken cancellation) =>
        await FindAsync(db, kind, entityId, poolId, cancellation) ?? throw PoolNotFound();

    private static GarmException PoolNotFound() => GarmException.NotFound($"{PoolFailed}: error finding pool: not found");
}
