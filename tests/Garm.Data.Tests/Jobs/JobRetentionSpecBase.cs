using Garm.Data.Jobs;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Jobs;

/// <summary>Which jobs are removed, and their events.</summary>
public abstract class JobRetentionSpecBase(TestEngine engine) : IAsyncLifetime
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly EntityDatabase _entities = new(engine);

    public Task InitializeAsync() => _entities.InitializeAsync();

    public Task DisposeAsync() => _entities.DisposeAsync();

    [SkippableFact]
    public async Task JobsThatAreHistory_Go_AndEachIsAnEvent()
    {
        await AddAsync(
            New("queued", 1), New("in_progress", 2), New("completed", 3), New("completed", 4));

        Assert.Equal(3, await RunAsync(Kept + TimeSpan.FromMinutes(1)));

        Assert.Equal([1], await LeftAsync());
        Assert.Equal(["job delete", "job delete", "job delete"], _entities.Commits.Kinds);
    }

    [SkippableFact]
    public async Task YoungJobs_Stay()
    {
        await AddAsync(New("completed", 1));

        Assert.Equal(0, await RunAsync(Kept - TimeSpan.FromMinutes(1)));

        Assert.Equal([1], await LeftAsync());
    }

    [SkippableFact]
    public async Task AJobThatARunnerOfOursWorksOn_Stays_AndACompletedOneLeavesItsRunner()
    {
        var pool = await _entities.PoolAsync();
        await AddAsync(New("in_progress", 1), New("completed", 2));
        await _entities.Database.SaveAsync(db =>
        {
            foreach (var job in db.Jobs.ToList())
                db.Add(new Instance { Id = Guid.NewGuid(), Name = $"runner-{job.WorkflowJobId}", PoolId = Guid.Parse(pool.Id!), JobId = job.Id });
        });
        _entities.Commits.Clear();

        Assert.Equal(1, await RunAsync(Kept + TimeSpan.FromMinutes(1)));

        Assert.Equal([1], await LeftAsync());
        Assert.Equal(["instance update", "job delete"], _entities.Commits.Kinds.Order(StringComparer.Ordinal));
        Assert.Equal(2, await _entities.Database.ReadAsync(db => db.Instances.CountAsync()));
    }

    [SkippableFact]
    public async Task QueuedJobs_Go_WhenTheyAreOlderThanTheLimit()
    {
        await AddAsync(New("queued", 1), New("in_progress", 2));

        Assert.Equal(0, await RunAsync(TimeSpan.FromMinutes(59), TimeSpan.FromHours(1)));
        Assert.Equal(1, await RunAsync(TimeSpan.FromMinutes(61), TimeSpan.FromHours(1)));

        Assert.Equal([2], await LeftAsync());
        Assert.Equal(["job delete"], _entities.Commits.Kinds);
    }

    [SkippableFact]
    public async Task MoreThanOneBatch_GoesInOneRun()
    {
        await AddAsync([.. Enumerable.Range(1, JobRetention.BatchSize + 3).Select(i => New("completed", i))]);

        Assert.Equal(JobRetention.BatchSize + 3, await RunAsync(Kept + TimeSpan.FromMinutes(1)));

        Assert.Empty(await LeftAsync());
    }

    [SkippableFact]
    public async Task NothingGoes_WhileAnotherNodeIsAtIt()
    {
        await AddAsync(New("completed", 1));
        var other = (await _entities.Database.UseAsync<DatabaseLease, LeaseGrant?>(x =>
            x.TryAcquireAsync(JobRetention.LeaseName, "another", TimeSpan.FromMinutes(5), default)))!.Value;

        Assert.Equal(0, await RunAsync(Kept + TimeSpan.FromMinutes(1)));
        await _entities.Database.UseAsync<DatabaseLease>(x => x.ReleaseAsync(other, default));

        Assert.Equal(1, await RunAsync(Kept + TimeSpan.FromMinutes(1)));
    }

    private static Job New(string status, long number) => new() { ForgeUrl = "https://github.com", WorkflowJobId = number, Status = status };

    private async Task AddAsync(params Job[] jobs)
    {
        await _entities.Database.SaveAsync(db => db.AddRange(jobs));
        _entities.Commits.Clear();
    }

    private Task<int> RunAsync(TimeSpan later, TimeSpan? queuedFor = null) => _entities.Database.UseAsync<UnitOfWork, int>(work =>
        _entities.Database.UseAsync<DatabaseLease, int>(leases =>
            new JobRetention(work, leases, new LaterClock(later), new JobRetentionOptions { RetainFor = Kept, QueuedFor = queuedFor }).RunAsync(default)));

    private async Task<IReadOnlyList<long>> LeftAsync() =>
        await _entities.Database.ReadAsync(db => db.Jobs.OrderBy(x => x.Id).Select(x => x.WorkflowJobId).ToListAsync());

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
