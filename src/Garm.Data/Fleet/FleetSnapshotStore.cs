using Garm.Contracts.Entities;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Fleet;

/// <summary>The data of dashboards: the database counts the runners, so they are not read.</summary>
public sealed class FleetSnapshotStore(UnitOfWork work)
{
    /// <summary>The current fleet.</summary>
    public Task<FleetSnapshotView> ReadAsync(CancellationToken cancellation) => work.ReadAsync(
        async db =>
        {
            var pools = await db.Pools.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id)
                .Include(x => x.Repository).Include(x => x.Organization).Include(x => x.Enterprise).Include(x => x.ForgeInstance)
                .ToListAsync(cancellation).ConfigureAwait(false);
            var sets = await db.ScaleSets.OrderBy(x => x.Id)
                .Include(x => x.Repository).Include(x => x.Organization).Include(x => x.Enterprise)
                .ToListAsync(cancellation).ConfigureAwait(false);
            var groups = await db.Instances
                .GroupBy(x => new { x.PoolId, x.ScaleSetId, x.Status, x.RunnerStatus })
                .Select(x => new RunnerGroup(x.Key.PoolId, x.Key.ScaleSetId, x.Key.Status, x.Key.RunnerStatus, x.Count()))
                .ToListAsync(cancellation).ConfigureAwait(false);

            var entities = new List<SnapshotEntity>();
            await AddAsync(db.Repositories).ConfigureAwait(false);
            await AddAsync(db.Organizations).ConfigureAwait(false);
            await AddAsync(db.Enterprises).ConfigureAwait(false);
            await AddAsync(db.ForgeInstances).ConfigureAwait(false);
            return new FleetSnapshotView
            {
                Entities = entities,
                Pools = [.. pools.Select(pool => ToView(pool, groups))],
                ScaleSets = [.. sets.Select(set => ToView(set, groups))],
            };

            async Task AddAsync<T>(IQueryable<T> all)
                where T : RunnerEntity
            {
                var found = await all.Include(x => x.Endpoint).OrderBy(x => x.CreatedAt).ThenBy(x => x.Id)
                    .ToListAsync(cancellation).ConfigureAwait(false);
                entities.AddRange(found.Select(x => new SnapshotEntity
                {
                    Id = x.Id.ToString("D"),
                    Name = NameOf(x),
                    Type = ForgeEntityTypes.Of(x),
                    Endpoint = x.Endpoint!.Name,
                    PoolCount = pools.Count(pool => pool.OwnerId() == x.Id),
                    Healthy = x.PoolManagerRunning,
                    ScaleSetCount = sets.Count(set => set.OwnerId() == x.Id),
                }));
            }
        },
        cancellation);

    private static string NameOf(RunnerEntity entity) => entity switch
    {
        Repository repository => repository.FullName,
        ForgeInstance instance => instance.Endpoint!.Name,
        _ => entity.Name,
    };

    private static SnapshotPool ToView(Pool pool, List<RunnerGroup> groups)
    {
        var own = groups.FindAll(x => x.PoolId == pool.Id);
        return new SnapshotPool
        {
            Id = pool.Id.ToString("D"),
            ProviderName = pool.ProviderName,
            OsType = pool.OsType,
            MaxRunners = pool.MaxRunners,
            Enabled = pool.Enabled,
            RepoName = pool.Repository?.FullName,
            OrgName = pool.Organization?.Name,
            EnterpriseName = pool.Enterprise?.Name,
            ForgeInstanceName = pool.ForgeInstance?.Name,
            RunnerCounts = CountBy(own, x => x.Status),
            RunnerStatusCounts = CountBy(own, x => x.RunnerStatus),
        };
    }

    private static SnapshotScaleSet ToView(ScaleSet set, List<RunnerGroup> groups)
    {
        var own = groups.FindAll(x => x.ScaleSetId == set.Id);
        return new SnapshotScaleSet
        {
            Id = set.Id,
            Name = set.Name,
            ProviderName = set.ProviderName,
            OsType = set.OsType,
            MaxRunners = set.MaxRunners,
            Enabled = set.Enabled,
            RepoName = set.Repository?.FullName,
            OrgName = set.Organization?.Name,
            EnterpriseName = set.Enterprise?.Name,
            RunnerCounts = CountBy(own, x => x.Status),
            RunnerStatusCounts = CountBy(own, x => x.RunnerStatus),
        };
    }

    private static SortedDictionary<string, int> CountBy(List<RunnerGroup> groups, Func<RunnerGroup, string> key) => new(
        groups.Where(x => key(x).Length > 0).GroupBy(key).ToDictionary(x => x.Key, x => x.Sum(group => group.Count)),
        StringComparer.Ordinal);

    private sealed record RunnerGroup(Guid? PoolId, long? ScaleSetId, string Status, string RunnerStatus, int Count);
}
