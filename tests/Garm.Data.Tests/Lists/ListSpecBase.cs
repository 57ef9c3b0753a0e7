using Garm.Contracts.Entities;
using Garm.Data.Jobs;
using Garm.Data.Lists;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Lists;

/// <summary>Long lists are read in pages, and must equal one read of the whole.</summary>
public abstract class ListSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly EntityDatabase _entities = new(engine);
    private Guid _pool;
    private Guid _repository;
    private int _names;

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        var pool = await _entities.PoolAsync();
        (_pool, _repository) = (Guid.Parse(pool.Id!), Guid.Parse(pool.RepoId!));
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [SkippableFact]
    public async Task ManyPages_AreOneList_InTheOrderTheyWereMade()
    {
        // The rows of a commit have the same time, so the id decides; there are more of them than a page has.
        await AddAsync(ListPages.Size + 20);
        await AddAsync(ListPages.Size + 20);

        var pages = await RunnersAsync(new());

        var wanted = await _entities.Database.ReadAsync(
            db => db.Instances.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.Name).ToListAsync());
        Assert.Equal(3, pages.Count);
        Assert.Equal(wanted, pages.SelectMany(x => x).Select(x => x.Name));
    }

    [SkippableFact]
    public async Task WhoeverIsThereAllTheTime_ComesOnce_WhateverComesAndGoes()
    {
        var chance = new Random(5);
        var stays = (await AddAsync(40)).ToHashSet();
        var seen = new List<string>();
        Guid? after = null;
        while (true)
        {
            var page = (await RunnersAsync(new() { Limit = 7, After = after })).SelectMany(x => x).ToList();
            if (page.Count == 0) break;
            seen.AddRange(page.Select(x => x.Name!));
            after = Guid.Parse(page[^1].Id!);
            if (seen.Count > 60) continue;

            // The row after which the next page begins is deleted, and another one; two are added.
            await LeaveAsync(page[^1].Name!);
            await LeaveAsync(stays.ElementAt(chance.Next(stays.Count)));

            await AddAsync(2);
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), stays);

        Task LeaveAsync(string name)
        {
            stays.Remove(name);
            return RemoveAsync(name);
        }
    }

    [SkippableFact]
    public async Task AfterSomebodyWhoNeverWas_IsRefused_WithWhatIsAccepted()
    {
        var thrown = await Assert.ThrowsAsync<GarmException>(() => RunnersAsync(new() { After = Guid.NewGuid() }));

        Assert.Equal(RefusalKind.BadRequest, thrown.Kind);
        Assert.Contains("accepted is the id", thrown.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Runners_AreChosen_ByEachFilter()
    {
        var names = await AddAsync(4);
        await ChangeAsync(names[0], x => x.Status = InstanceStatuses.Running);
        await ChangeAsync(names[1], x => x.RunnerStatus = RunnerStatuses.Idle);
        await ChangeAsync(names[2], x => x.Generation = 9);

        Assert.Equal([names[0]], await NamesAsync(new() { Statuses = [InstanceStatuses.Running] }));
        Assert.Equal([names[1]], await NamesAsync(new() { RunnerStatuses = [RunnerStatuses.Idle] }));
        Assert.Equal([names[2]], await NamesAsync(new() { OutdatedOnly = true }));
        Assert.Equal(4, (await NamesAsync(new() { PoolIds = [_pool, Guid.NewGuid()] })).Count);
        Assert.Equal(4, (await NamesAsync(new() { RepositoryIds = [_repository] })).Count);
        Assert.Empty(await NamesAsync(new() { PoolIds = [Guid.NewGuid()] }));
        Assert.Empty(await NamesAsync(new() { RepositoryIds = [Guid.NewGuid()] }));
        Assert.Empty(await NamesAsync(new() { OrganizationIds = [_repository] }));
        Assert.Empty(await NamesAsync(new() { EnterpriseIds = [_repository] }));
        Assert.Empty(await NamesAsync(new() { ForgeInstanceIds = [_repository] }));
        Assert.Empty(await NamesAsync(new() { ScaleSetIds = [1] }));
    }

    [SkippableFact]
    public async Task Jobs_AreChosen_ByEachFilter_AndGoOnAfterOneThatIsGone()
    {
        await _entities.Database.SaveAsync(db =>
        {
            for (var i = 1; i <= 300; i++)
            {
                db.Add(new Job
                {
                    ForgeUrl = "https://github.com",
                    WorkflowJobId = i,
                    Status = i % 2 == 0 ? JobStatuses.Queued : JobStatuses.Completed,
                    RepositoryId = i <= 10 ? _repository : null,
                    ScaleSetId = i == 5 ? 77 : null,
                });
            }
        });
        var all = await JobsAsync(new());
        Assert.Equal(Enumerable.Range(1, 300).Select(x => (long)x), all.Select(x => x.WorkflowJobId));

        Assert.Equal(150, (await JobsAsync(new() { Statuses = [JobStatuses.Queued] })).Count);
        Assert.Equal(10, (await JobsAsync(new() { RepositoryIds = [_repository] })).Count);
        Assert.Equal([5], (await JobsAsync(new() { ScaleSetIds = [77] })).Select(x => x.WorkflowJobId));
        Assert.Empty(await JobsAsync(new() { OrganizationIds = [_repository] }));
        Assert.Empty(await JobsAsync(new() { EnterpriseIds = [_repository] }));
        Assert.Empty(await JobsAsync(new() { ForgeInstanceIds = [_repository] }));

        await _entities.Database.SaveAsync(db => db.Remove(db.Jobs.Single(x => x.WorkflowJobId == 20)));
        var next = await JobsAsync(new() { After = all[19].Id, Limit = 2, Statuses = [JobStatuses.Queued] });
        Assert.Equal([22, 24], next.Select(x => x.WorkflowJobId));
    }

    [SkippableFact]
    public async Task Pools_ComeInPages_InTheOrderTheyWereMade_OfAllAndOfOneEntity()
    {
        await _entities.Database.SaveAsync(db => db.AddRange(
            Enumerable.Range(0, ListPages.Size + 20).Select(_ => new Pool { Id = Guid.NewGuid(), RepositoryId = _repository, ProviderName = "fake" })));
        var wanted = await _entities.Database.ReadAsync(db => db.Pools.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => x.Id).ToListAsync());

        var all = await _entities.Database.UseAsync(async (PoolStore store) => await store.ListAsync(default).ToListAsync());
        var own = await _entities.Database.UseAsync(async (PoolStore store) =>
            await (await store.ListAsync(EntityKind.Repository, $"{_repository}", default)).ToListAsync());

        foreach (var pages in new[] { all, own })
        {
            Assert.Equal([ListPages.Size, 21], pages.Select(x => x.Count));
            Assert.Equal(wanted, pages.SelectMany(x => x).Select(x => Guid.Parse(x.Id!)));
        }
    }

    [SkippableFact]
    public async Task ScaleSets_ComeInPages_InTheOrderTheyWereMade_OfAllAndOfOneEntity()
    {
        await _entities.Database.SaveAsync(db => db.AddRange(
            Enumerable.Range(1, ListPages.Size + 20).Select(x => new ScaleSet { Name = $"set-{x}", ScaleSetId = x, RepositoryId = _repository })));
        var wanted = await _entities.Database.ReadAsync(db => db.ScaleSets.OrderBy(x => x.Id).Select(x => x.Id).ToListAsync());

        var all = await _entities.Database.UseAsync(async (ScaleSetStore store) => await store.ListAsync(default).ToListAsync());
        var own = await _entities.Database.UseAsync(async (ScaleSetStore store) =>
            await (await store.ListAsync(EntityKind.Repository, $"{_repository}", default)).ToListAsync());

        foreach (var pages in new[] { all, own })
        {
            Assert.Equal([ListPages.Size, 20], pages.Select(x => x.Count));
            Assert.Equal(wanted, pages.SelectMany(x => x).Select(x => x.Id));
        }
    }

    [SkippableFact]
    public async Task JobsOfScaleSets_ComeInPages_TheNewestFirst()
    {
        await _entities.Database.SaveAsync(db => db.AddRange(
            Enumerable.Range(0, ListPages.Size + 20).Select(x => new Job { ForgeUrl = "https://github.com", ScaleSetJobId = $"j-{x}", ScaleSetId = x % 2 })));
        var wanted = await _entities.Database.ReadAsync(db => db.Jobs.OrderByDescending(x => x.Id).Select(x => x.Id).ToListAsync());

        var all = await _entities.Database.UseAsync(async (ScaleSetJobStore store) => await store.ListAsync(null, default).ToListAsync());
        var own = await _entities.Database.UseAsync(async (ScaleSetJobStore store) => await store.ListAsync(1, default).ToListAsync());

        Assert.Equal([ListPages.Size, 20], all.Select(x => x.Count));
        Assert.Equal(wanted, all.SelectMany(x => x).Select(x => x.Id));
        Assert.Equal((ListPages.Size + 20) / 2, own.Single().Count);
    }

    private async Task<IReadOnlyList<string>> AddAsync(int count)
    {
        var names = Enumerable.Range(0, count).Select(_ => $"runner-{_names++}").ToList();
        await _entities.Database.SaveAsync(db => db.AddRange(
            names.Select(x => new Instance { Id = Guid.NewGuid(), Name = x, PoolId = _pool })));
        return names;
    }

    private Task RemoveAsync(string name) => _entities.Database.SaveAsync(db => db.Remove(db.Instances.Single(x => x.Name == name)));

    private Task ChangeAsync(string name, Action<Instance> change) =>
        _entities.Database.SaveAsync(db => change(db.Instances.Single(x => x.Name == name)));

    private async Task<IReadOnlyList<string?>> NamesAsync(InstanceListQuery query) =>
        [.. (await RunnersAsync(query)).SelectMany(x => x).Select(x => x.Name)];

    private Task<List<IReadOnlyList<InstanceView>>> RunnersAsync(InstanceListQuery query) => _entities.Database.UseAsync(
        async (InstanceLists lists) => await lists.ListAsync(query, default).ToListAsync());

    private Task<List<JobView>> JobsAsync(JobListQuery query) => _entities.Database.UseAsync(
        async (JobStore store) => (await store.ListAsync(query, default).ToListAsync()).SelectMany(x => x).ToList());
}
