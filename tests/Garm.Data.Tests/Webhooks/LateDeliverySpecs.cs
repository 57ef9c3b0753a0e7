using Garm.Contracts.Entities;
using Garm.Data.Runners;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Webhooks;

/// <summary>Deliveries may arrive out of order: a late one changes nothing, is no error, and does not restore a job.</summary>
public sealed class LateDeliverySpecs : IAsyncLifetime
{
    private readonly EntityDatabase _entities = new();
    private readonly Deliveries _forge;
    private PoolView _pool = null!;

    public LateDeliverySpecs() => _forge = new Deliveries(_entities);

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        _pool = await _entities.CreatePoolAsync(await _entities.RepositoryIdAsync(), EntityDatabase.NewPool with { Enabled = true });
        _entities.Commits.Clear();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [Theory]
    [InlineData("in_progress", "queued")]
    [InlineData("in_progress", "waiting")]
    [InlineData("queued", "waiting")]
    [InlineData("completed", "queued")]
    [InlineData("completed", "in_progress")]
    [InlineData("completed", "waiting")]
    public async Task WhatAJobHasGonePast_IsIgnored(string now, string late)
    {
        await _forge.TakeAsync("queued", 71);
        if (now != "queued") await _forge.TakeAsync(now, 71);
        var runner = await RunnerAsync();
        _entities.Commits.Clear();

        await _forge.TakeAsync(late, 71, runner);

        Assert.Empty(_entities.Commits.Kinds);
        Assert.Equal(now, Assert.Single(await JobsAsync()).Status);
    }

    [Fact]
    public async Task ABeginning_ThatComesAfterTheEnd_MakesNoJob()
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(() => _forge.TakeAsync("completed", 71, id: "d-1"));
        await _forge.TakeAsync("queued", 71);
        await _forge.TakeAsync("completed", 71, id: "d-1");

        Assert.Equal(RefusalKind.Unprocessable, refusal.Kind);
        Assert.Empty(_entities.Commits.Kinds);
    }

    [Fact]
    public async Task ABeginning_ThatIsLaterThanTheEnd_IsAnotherAttempt()
    {
        await Assert.ThrowsAsync<GarmException>(() => _forge.TakeAsync(
            "completed", 71, change: x => x["workflow_job"]!["completed_at"] = "2026-11-28T18:01:00Z"));
        await _forge.TakeAsync("queued", 71, change: x => x["workflow_job"]!["started_at"] = "2026-11-28T18:00:59Z");
        Assert.Empty(_entities.Commits.Kinds);

        await _forge.TakeAsync("queued", 71, change: x => x["workflow_job"]!["started_at"] = "2026-11-28T18:02:00Z");

        Assert.Equal(["job create"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task ABeginning_ThatComesAfterTheJobWentWithItsRunner_MakesNoJob()
    {
        var runner = await RunnerAsync();
        await _forge.TakeAsync("in_progress", 71, runner);
        await _forge.TakeAsync("completed", 71, runner);
        foreach (var status in new[] { "deleting", "deleted" }) await MoveAsync(runner, status);
        Assert.Empty(await JobsAsync());

        await _forge.TakeAsync("queued", 71);
        await _forge.TakeAsync("queued", 72);

        Assert.Equal([72], (await JobsAsync()).Select(x => x.WorkflowJobId));
    }

    /// <summary>No forge sends deliveries without an id; the recordings do, and are answered as recorded.</summary>
    [Fact]
    public async Task ADeliveryWithoutAnId_IsAnsweredAsGarmAnswersIt()
    {
        await Assert.ThrowsAsync<GarmException>(() => _forge.TakeAsync("completed", 71, id: ""));
        await _forge.TakeAsync("queued", 71, id: "");
        await _forge.TakeAsync("in_progress", 71, id: "");

        var refusal = await Assert.ThrowsAsync<GarmException>(() => _forge.TakeAsync("queued", 71, id: ""));

        Assert.Contains("cannot transition job from in_progress to queued", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["job create", "job update"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task AnActionThatIsNone_IsRefused()
    {
        await _forge.TakeAsync("queued", 71);

        await Assert.ThrowsAsync<GarmException>(() => _forge.TakeAsync("sideways", 71));
    }

    private async Task<string> RunnerAsync() => (await _entities.Database.UseAsync(
        (InstanceStore store) => store.CreateInPoolAsync(_pool.Id!, new(), default))).Name!;

    private Task MoveAsync(string runner, string status) => _entities.Database.UseAsync(
        (InstanceStore store) => store.UpdateAsync(runner, new() { Status = status }, default));

    private Task<IReadOnlyList<JobView>> JobsAsync() => _entities.JobsAsync();
}
