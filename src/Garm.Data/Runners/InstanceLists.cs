using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Events;
using Garm.Data.Jobs;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Runners;

/// <summary>Which runners to list.</summary>
public sealed record InstanceListQuery : OwnedListQuery
{
    /// <summary>Only those after this one, which may be deleted; null for the first ones.</summary>
    public Guid? After { get; init; }

    public IReadOnlyList<string> RunnerStatuses { get; init; } = [];
    public IReadOnlyList<Guid> PoolIds { get; init; } = [];

    /// <summary>Whether to list only runners of an older generation than their pool or scale set.</summary>
    public bool OutdatedOnly { get; init; }
}

/// <summary>The lists of runners, in pages.</summary>
public sealed class InstanceLists(UnitOfWork work)
{
    /// <summary>The number of log entries that are searched for a deleted runner.</summary>
    private const long LookBack = 200_000;

    /// <summary>The runners that match, by creation time.</summary>
    public IAsyncEnumerable<IReadOnlyList<InstanceView>> ListAsync(InstanceListQuery query, CancellationToken cancellation) =>
        ListAsync(query, (_, all) => all, cancellation);

    /// <summary>The runners of one entity.</summary>
    /// <exception cref="GarmException">400 or 404: the entity does not exist.</exception>
    public async Task<IAsyncEnumerable<IReadOnlyList<InstanceView>>> ListAsync(
        EntityKind kind, string entityId, InstanceListQuery query, CancellationToken cancellation)
    {
        var id = await work.ReadAsync(
            db => EntityLookup.RequireAsync(
                db, kind, entityId, $"{EntityTraits.Of(kind).InstancesFailed}: error fetching entity", cancellation),
            cancellation).ConfigureAwait(false);
        return ListAsync(query, (db, all) => all.OfEntity(db, kind, id), cancellation);
    }

    /// <summary>The runners of one pool; none for an unknown pool.</summary>
    public IAsyncEnumerable<IReadOnlyList<InstanceView>> ListOfPoolAsync(
        string poolId, InstanceListQuery query, CancellationToken cancellation)
    {
        var id = EntityIds.Parse(poolId, "error fetching instances");
        return ListAsync(query, (_, all) => all.Where(x => x.PoolId == id), cancellation);
    }

    /// <summary>The runners of one scale set; none for an unknown scale set.</summary>
    public IAsyncEnumerable<IReadOnlyList<InstanceView>> ListOfScaleSetAsync(
        long id, InstanceListQuery query, CancellationToken cancellation) =>
        ListAsync(query, (_, all) => all.Where(x => x.ScaleSetId == id), cancellation);

    private IAsyncEnumerable<IReadOnlyList<InstanceView>> ListAsync(
        InstanceListQuery query, Func<GarmDbContext, IQueryable<Instance>, IQueryable<Instance>> among, CancellationToken cancellation) =>
        ListPages.ReadAsync<Instance, InstanceView>(
            query.Limit,
            (last, size) => work.ReadAsync(
                async db =>
                {
                    var all = Narrow(among(db, db.Instances), query);
                    var after = last is not null ? new Place(last.CreatedAt, last.Id)
                        : query.After is { } id ? await PlaceOfAsync(db, id, cancellation) : (Place?)null;
                    if (after is { } place)
                        all = all.Where(x => x.CreatedAt > place.CreatedAt || (x.CreatedAt == place.CreatedAt && x.Id > place.Id));
                    return await ReadAsync(db, all, size, cancellation);
                },
                cancellation),
            cancellation);

    private static async Task<(Instance? Last, IReadOnlyList<InstanceView> Views)> ReadAsync(
        GarmDbContext db, IQueryable<Instance> all, int size, CancellationToken cancellation)
    {
        var found = await all.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Take(size)
            .Include(x => x.Job).Include(x => x.Pool).Include(x => x.ScaleSet).ToListAsync(cancellation).ConfigureAwait(false);
        await JobOwners.MarkGoneAsync(db, [.. found.Select(x => x.Job).OfType<Job>()], cancellation).ConfigureAwait(false);
        return (found.LastOrDefault(), found.ConvertAll(x => x.ToListedView()));
    }

    private static IQueryable<Instance> Narrow(IQueryable<Instance> all, InstanceListQuery query)
    {
        if (query.OutdatedOnly)
            all = all.Where(x => x.Generation != (x.PoolId != null ? x.Pool!.Generation : x.ScaleSet!.Generation));
        if (query.Statuses is { Count: > 0 } statuses) all = all.Where(x => statuses.Contains(x.Status));
        if (query.RunnerStatuses is { Count: > 0 } runnerStatuses) all = all.Where(x => runnerStatuses.Contains(x.RunnerStatus));
        if (OwnedListQuery.Nullable(query.PoolIds) is { Count: > 0 } pools) all = all.Where(x => pools.Contains(x.PoolId));
        if (OwnedListQuery.Nullable(query.ScaleSetIds) is { Count: > 0 } sets) all = all.Where(x => sets.Contains(x.ScaleSetId));
        if (OwnedListQuery.Nullable(query.RepositoryIds) is { Count: > 0 } repositories)
            all = all.Where(x => repositories.Contains(x.Pool!.RepositoryId) || repositories.Contains(x.ScaleSet!.RepositoryId));
        if (OwnedListQuery.Nullable(query.OrganizationIds) is { Count: > 0 } organizations)
            all = all.Where(x => organizations.Contains(x.Pool!.OrganizationId) || organizations.Contains(x.ScaleSet!.OrganizationId));
        if (OwnedListQuery.Nullable(query.EnterpriseIds) is { Count: > 0 } enterprises)
            all = all.Where(x => enterprises.Contains(x.Pool!.EnterpriseId) || enterprises.Contains(x.ScaleSet!.EnterpriseId));
        if (OwnedListQuery.Nullable(query.ForgeInstanceIds) is { Count: > 0 } forges)
            all = all.Where(x => forges.Contains(x.Pool!.ForgeInstanceId));
        return all;
    }

    /// <summary>A runner's sort key in lists. A deleted runner's creation time is read from the log.</summary>
    private static async Task<Place> PlaceOfAsync(GarmDbContext db, Guid id, CancellationToken cancellation)
    {
        var found = await db.Instances.Where(x => x.Id == id).Select(x => (DateTime?)x.CreatedAt)
            .SingleOrDefaultAsync(cancellation).ConfigureAwait(false);
        if (found is { } createdAt) return new Place(createdAt, id);

        var (type, text) = (EntityType.Instance.WireName(), id.ToString("D"));
        var newest = await db.ChangeLog.MaxAsync(x => (long?)x.Position, cancellation).ConfigureAwait(false) ?? 0;
        var change = await db.ChangeLog
            .Where(x => x.Position > newest - LookBack && x.EntityType == type && x.EntityId == text)
            .OrderByDescending(x => x.Position)
            .Select(x => new { x.LastState, x.Payload })
            .FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        return change is not null && (CreatedAtOf(change.LastState) ?? CreatedAtOf(change.Payload)) is { } then
            ? new Place(then, id)
            : throw GarmException.BadRequest(
                $"\"after\" is not a runner that exists or was deleted recently: {text}; accepted is the id of the last runner that you have");
    }

    private static DateTime? CreatedAtOf(string? json)
    {
        if (string.IsNullOrEmpty(json)) return null;
        using var state = JsonDocument.Parse(json);
        return state.RootElement.TryGetProperty("created_at", out var at) && at.TryGetDateTime(out var time) ? time.ToUniversalTime() : null;
    }

    private readonly record struct Place(DateTime CreatedAt, Guid Id);
}
