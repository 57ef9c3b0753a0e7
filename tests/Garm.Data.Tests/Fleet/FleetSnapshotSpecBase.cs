using Garm.Data.Fleet;
using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Fleet;

/// <summary>The database counts the runners, so each engine is tested.</summary>
public abstract class FleetSnapshotSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task ASnapshot_CountsTheRunnersOfEachPool()
    {
        var runner = SampleEntities.Instance();
        (runner.Status, runner.RunnerStatus) = ("running", "idle");
        await _database.SaveAsync(db => db.Add(runner));

        var snapshot = await _database.UseAsync<FleetSnapshotStore, Contracts.Entities.FleetSnapshotView>(x => x.ReadAsync(default));

        var entity = Assert.Single(snapshot.Entities);
        Assert.Equal(("o/r", "repository", 1, 0), (entity.Name, entity.Type, entity.PoolCount, entity.ScaleSetCount));
        var pool = Assert.Single(snapshot.Pools);
        Assert.Equal(runner.Pool!.Id.ToString("D"), pool.Id);
        Assert.Equal(1, Assert.Single(pool.RunnerCounts, x => x.Key == "running").Value);
        Assert.Equal(1, Assert.Single(pool.RunnerStatusCounts, x => x.Key == "idle").Value);
        Assert.Empty(snapshot.ScaleSets);
    }
}
