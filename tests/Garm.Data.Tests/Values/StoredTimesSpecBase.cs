using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Runners;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Tests.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Values;

/// <summary>A received time with more digits than every engine stores is the same in the event, the answer and the list.</summary>
public abstract class StoredTimesSpecBase(TestEngine engine) : IAsyncLifetime
{
    private const string Told = "2026-11-28T18:00:00.123456789Z";
    private const string Kept = "2026-11-28T18:00:00.123456Z";
    private static readonly DateTime KeptTime = new DateTime(2026, 11, 28, 18, 0, 0, DateTimeKind.Utc).AddTicks(1234560);
    private static readonly DateTime ToldTime = KeptTime.AddTicks(7);

    private readonly EntityDatabase _entities = new(engine);

    public Task InitializeAsync() => _entities.InitializeAsync();

    public Task DisposeAsync() => _entities.DisposeAsync();

    [SkippableFact]
    public async Task ADelivery_IsToldOfAndListed_WithTheSameTime()
    {
        await _entities.CreatePoolAsync(await _entities.RepositoryIdAsync(), EntityDatabase.NewPool with { Enabled = true });
        _entities.Commits.Clear();

        await new Deliveries(_entities).TakeAsync("queued", 71, change: x => x["workflow_job"]!["started_at"] = Told);

        Assert.Equal(Kept, _entities.Commits.SinglePayload.GetProperty("started_at").GetString());
        var listed = Assert.Single(await _entities.JobsAsync());
        Assert.Equal(KeptTime, listed.StartedAt);
    }

    [SkippableFact]
    public async Task ARunnersHeartbeat_IsToldOfAndShown_WithTheSameTime()
    {
        var pool = await _entities.PoolAsync();
        var runner = await _entities.Database.UseAsync((InstanceStore store) => store.CreateInPoolAsync(pool.Id!, new(), default));
        _entities.Commits.Clear();

        var answered = await _entities.Database.UseAsync(
            (InstanceStore store) => store.UpdateAsync(runner.Name!, new UpdateInstanceRequest { Heartbeat = ToldTime }, default));

        var shown = await _entities.Database.UseAsync((InstanceStore store) => store.GetAsync(runner.Name!, default));
        Assert.Equal(Kept, _entities.Commits.SinglePayload.GetProperty("heartbeat").GetString());
        Assert.Equal((KeptTime, KeptTime), (answered.Heartbeat, shown.Heartbeat));
    }

    /// <summary>The save cuts a time even if a store does not.</summary>
    [SkippableFact]
    public async Task AnyEntity_IsToldOf_WithTheTimeThatIsReadBack()
    {
        await _entities.Database.SaveAsync(db => db.Add(new Job { ForgeUrl = "https://github.com", WorkflowJobId = 5, StartedAt = ToldTime }));

        Assert.Equal(Kept, _entities.Commits.SinglePayload.GetProperty("started_at").GetString());
        Assert.Equal(
            KeptTime,
            await _entities.Database.ReadAsync(db => db.Jobs.Select(x => x.StartedAt).SingleAsync()));
    }
}
