using System.Linq.Expressions;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Jobs;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Providers;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.ScaleSets;

/// <summary>
/// The operations on scale sets; checks, their order and messages are GARM's if it has any (recorded in
/// <c>scaleset-errors</c> and <c>forge-scaleset-crud</c>). The hub does not call the forge: the runner provider registers
/// the scale set there, before or after it is created here, and reports its number.
/// </summary>
public sealed class ScaleSetStore(UnitOfWork work, IProviderCatalog providers)
{
    private const string Failed = "error fetching scale set: error fetching scale set by ID";
    private const string CreateFailed = "error creating scale set";
    private const string UpdateFailed = "error updating pool: error updating scale set";

    /// <summary>All scale sets of all entities, in the order of their creation, in pages.</summary>
    public IAsyncEnumerable<IReadOnlyList<ScaleSetView>> ListAsync(CancellationToken cancellation) =>
        ListAsync(_ => true, x => x.ToListedView(), cancellation);

    /// <summary>The scale sets of one entity, which GARM shows without the endpoint.</summary>
    /// <exception cref="GarmException">400 or 404: the entity does not exist.</exception>
    public async Task<IAsyncEnumerable<IReadOnlyList<ScaleSetView>>> ListAsync(
        EntityKind kind, string entityId, CancellationToken cancellation)
    {
        var id = await work.ReadAsync(
            db => EntityLookup.RequireAsync(
                db, kind, entityId, "error fetching scale sets: error fetching scale sets", cancellation),
            cancellation);
        return ListAsync(ScaleSetOwners.Of(kind, id), x => x.ToListedView() with { Endpoint = EndpointView.Empty }, cancellation);
    }

    /// <summary>One scale set with its runners.</summary>
    public Task<ScaleSetView> GetAsync(long id, CancellationToken cancellation) =>
        work.ReadAsync(async db => (await RequireAsync(db, id, cancellation)).ToView(), cancellation);

    /// <summary>Creates a scale set.</summary>
    public Task<ScaleSetView> CreateAsync(
        EntityKind kind, string entityId, CreateScaleSetRequest request, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            var owner = await EntityLookup.FindOwnerAsync(db, kind, entityId, cancellation, "error getting entity");
            var forge = owner.Endpoint!.EndpointType;
            if (forge != ForgeTypes.Github) throw GarmException.BadRequest(ScaleSetOwners.GithubOnly);

            var template = await PoolReferences.FindTemplateAsync(
                db, request.TemplateId, request.OsType ?? "", forge, cancellation);
            ScaleSetRules.Validate(request, providers);
            var set = ScaleSetRules.New(request);
            ScaleSetOwners.Own(set, owner);
            set.Template = template;
            set.Proxy = await PoolReferences.FindProxyAsync(db, request.ProxyId ?? 0, CreateFailed, cancellation);
            db.ScaleSets.Add(set);
            await ScaleSetNumbers.RequireFreeAsync(db, rules, set, CreateFailed, cancellation);
            foreach (var tag in await PoolReferences.FindTagsAsync(db, request.Labels ?? [], cancellation))
                set.Tags.Add(new ScaleSetTag { ScaleSet = set, TagId = tag.Id, Tag = tag });
            return set;
        },
        x => x.ToView(),
        cancellation);

    /// <summary>Changes the fields that the request has.</summary>
    public Task<ScaleSetView> UpdateAsync(long id, UpdateScaleSetRequest request, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            var set = await RequireAsync(db, id, cancellation);
            ScaleSetRules.Validate(set, request);
            var make = ScaleSetRules.MakeOf(set);
            if (request.TemplateId is { } templateId)
            {
                var osType = string.IsNullOrEmpty(request.OsType) ? set.OsType : request.OsType;
                set.Template = await PoolReferences.FindTemplateAsync(db, templateId, osType, ForgeTypes.Github, cancellation);
                set.TemplateId = set.Template.Id;
            }

            if (request.ProxyId is { } proxyId)
            {
                set.Proxy = await PoolReferences.FindProxyAsync(db, proxyId, UpdateFailed, cancellation);
                set.ProxyId = set.Proxy?.Id;
            }

            ScaleSetRules.Apply(set, request);
            if (request.ScaleSetId is not null) await ScaleSetNumbers.RequireFreeAsync(db, rules, set, UpdateFailed, cancellation);
            if (ScaleSetRules.MakeOf(set) != make) set.Generation++;
            return set;
        },
        x => x.ToView(),
        cancellation);

    /// <summary>
    /// Deletes a scale set if it exists, and its jobs that are not completed, because their end would never be reported. Refused while
    /// it has runners or is enabled.
    /// </summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) => work.WriteAsync(
        async (db, rules) =>
        {
            if (await Whole(db).SingleOrDefaultAsync(x => x.Id == id, cancellation) is not { } set) return;
            if (set.Instances.Count > 0) throw GarmException.BadRequest("scale set has runners");
            if (set.Enabled) throw GarmException.BadRequest("scale set is enabled; disable it first");
            await RemoveJobsAsync(db, rules, id, cancellation);
            db.ScaleSets.Remove(set);
        },
        cancellation);

    private static async Task RemoveJobsAsync(GarmDbContext db, CommitRules rules, long id, CancellationToken cancellation)
    {
        var open = db.Jobs.Where(x => x.ScaleSetId == id && x.Status != JobStatuses.Completed);
        foreach (var job in await open.Include(x => x.Runners).OrderBy(x => x.Id).ToListAsync(cancellation)) JobRunners.Remove(db, job);
        rules.Add(async () =>
        {
            if (await open.AnyAsync(cancellation))
                throw new DbUpdateConcurrencyException($"a job came for scale set {id} while it was deleted");
        });
    }

    private static IQueryable<ScaleSet> Listed(GarmDbContext db) => db.ScaleSets
        .Include(x => x.Tags).ThenInclude(x => x.Tag)
        .Include(x => x.Repository!.Endpoint)
        .Include(x => x.Organization!.Endpoint)
        .Include(x => x.Enterprise!.Endpoint);

    private static IQueryable<ScaleSet> Whole(GarmDbContext db) => Listed(db)
        .Include(x => x.Template)
        .Include(x => x.Proxy)
        .Include(x => x.Instances)
        .AsSplitQuery();

    private static async Task<ScaleSet> RequireAsync(GarmDbContext db, long id, CancellationToken cancellation) =>
        await Whole(db).SingleOrDefaultAsync(x => x.Id == id, cancellation) ?? throw GarmException.NotFound($"{Failed}: not found");

    private IAsyncEnumerable<IReadOnlyList<ScaleSetView>> ListAsync(
        Expression<Func<ScaleSet, bool>> among, Func<ScaleSet, ScaleSetView> show, CancellationToken cancellation) =>
        ListPages.ReadAsync<ScaleSet, ScaleSetView>(
            limit: null,
            (last, size) => work.ReadAsync(
                async db =>
                {
                    var after = last?.Id ?? 0;
                    var found = await Listed(db).Where(among).Where(x => x.Id > after).OrderBy(x => x.Id).Take(size).ToListAsync(cancellation);
                    return (found.LastOrDefault(), (IReadOnlyList<ScaleSetView>)found.ConvertAll(x => show(x)));
                },
                cancellation),
            cancellation);
}
