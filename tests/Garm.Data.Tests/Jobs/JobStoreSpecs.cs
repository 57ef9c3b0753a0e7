using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Jobs;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Tests.Support;
using Garm.Data.Tests.Webhooks;
using Xunit;

namespace Garm.Data.Tests.Jobs;

/// <summary>Changes of jobs without the forge, each with its event: locks, ends, and deleted entities.</summary>
public sealed class JobStoreSpecs : IAsyncLifetime
{
    private static readonly string Nobody = $"{Guid.Empty:D}";

    private readonly EntityDatabase _entities = new();
    private readonly Deliveries _forge;
    private PoolView _pool = null!;

    public JobStoreSpecs() => _forge = new Deliveries(_entities);

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        _pool = await _entities.CreatePoolAsync(await _entities.RepositoryIdAsync(), EntityDatabase.NewPool with { Enabled = true });
        _entities.Commits.Clear();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [Fact]
    public async Task AJob_IsFreeAgain_WithTheLastRunnerThatWasMadeForIt()
    {
        var job = await QueuedAsync(71);
        var (one, other) = (await RunnerAsync(job.Id), await RunnerAsync(job.Id));
        Assert.Equal(_pool.RepoId, (await JobAsync(71)).LockedBy);

        await DeleteAsync(one);
        Assert.Equal(_pool.RepoId, (await JobAsync(71)).LockedBy);
        _entities.Commits.Clear();
        await DeleteAsync(other);

        Assert.Equal(Nobody, (await JobAsync(71)).LockedBy);
        Assert.Equal(["instance update", "instance update", "job update", "instance delete"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task AJobThatItsRunnerTook_StaysLocked_AndGoesWithIt()
    {
        var job = await QueuedAsync(71);
        var runner = await RunnerAsync(job.Id);
        await _forge.TakeAsync("in_progress", 71, runner);
        Assert.Equal(_pool.RepoId, (await JobAsync(71)).LockedBy);

        await DeleteAsync(runner);

        Assert.Empty(await JobsAsync());
    }

    [Theory]
    [InlineData("running", "pending_delete")]
    [InlineData("error", "pending_delete")]
    public async Task ARunner_WhoseJobEndsWhileItIsMade_IsMarkedOnceItIsMade(string next, string becomes)
    {
        var runner = await RunnerAsync(null);
        await MoveAsync(runner, "creating");
        await _forge.TakeAsync("in_progress", 71, runner);
        await _forge.TakeAsync("completed", 71, runner);
        Assert.Equal("creating", (await GetAsync(runner)).Status);
        _entities.Commits.Clear();

        var answer = await _entities.Database.UseAsync((InstanceStore store) =>
            store.UpdateAsync(runner, new() { Status = next, ProviderId = "machine-1" }, default));

        Assert.Equal((becomes, "terminated", "machine-1"), (answer.Status, answer.RunnerStatus, answer.ProviderId));
        Assert.Equal(["instance update"], _entities.Commits.Kinds);
    }

    [Theory]
    [InlineData("in_progress")]
    [InlineData("completed")]
    public async Task AJobsEvent_NamesTheRunnerThatTookIt(string action)
    {
        var runner = await RunnerAsync(null);
        await QueuedAsync(71);
        _entities.Commits.Clear();

        await _forge.TakeAsync(action, 71, runner);

        var told = JsonSerializer.Deserialize<JobView>(_entities.Commits.Changes[0].Payload.Span)!;
        Assert.Equal("job update", _entities.Commits.Kinds[0]);
        Assert.Equal((runner, runner), (told.RunnerName, (await JobAsync(71)).RunnerName));
    }

    [Fact]
    public async Task Jobs_GoWithTheirRepository_ButForCompletedOnes()
    {
        await QueuedAsync(71);
        await QueuedAsync(72);
        await _forge.TakeAsync("completed", 72);
        await QueuedAsync(73);
        await _forge.TakeAsync("in_progress", 73, "somebody-elses");
        await _entities.DeletePoolAsync(_pool.Id!);
        _entities.Commits.Clear();

        await _entities.DeleteAsync(_pool.RepoId!);

        var left = Assert.Single(await JobsAsync());
        Assert.Equal((72, null), (left.WorkflowJobId, left.RepoId));
        Assert.Equal(["job delete", "job delete", "repository delete"], _entities.Commits.Kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AJobOfTwoEntities_LosesTheOneThatGoes_AndStaysForTheOther()
    {
        var organization = await _entities.Database.UseAsync((OrganizationStore store) => store.CreateAsync(
            new() { Name = "acme", CredentialsName = EntityDatabase.MainCredentials, WebhookSecret = EntityDatabase.Secret }, default));
        await _entities.Database.UseAsync((PoolStore store) => store.CreateAsync(
            EntityKind.Organization, organization.Id!, EntityDatabase.NewPool with { Enabled = true }, default));
        await QueuedAsync(71);
        await _forge.TakeAsync("queued", 71, hook: "organization");
        await _entities.DeletePoolAsync(_pool.Id!);
        await UpdateAsync((await JobAsync(71)).Id, new() { LockedBy = _pool.RepoId });
        _entities.Commits.Clear();

        await _entities.DeleteAsync(_pool.RepoId!);

        var job = await JobAsync(71);
        Assert.Equal((null, organization.Id, Nobody), (job.RepoId, job.OrgId, job.LockedBy));
        Assert.Equal(["job update", "repository delete"], _entities.Commits.Kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Update_EndsAJob_AndItsRunnerFollows()
    {
        var runner = await RunnerAsync(null);
        var job = await QueuedAsync(71);
        _entities.Commits.Clear();

        var taken = await UpdateAsync(job.Id, new() { Status = "in_progress", RunnerName = runner, RunnerId = 9 });
        Assert.Equal((runner, 9, "active"), (taken.RunnerName, taken.RunnerId, (await GetAsync(runner)).RunnerStatus));
        var ended = await UpdateAsync(job.Id, new() { Status = "completed", Conclusion = "cancelled" });

        Assert.Equal(("completed", "cancelled"), (ended.Status, ended.Conclusion));
        Assert.Equal("pending_delete", (await GetAsync(runner)).Status);
        Assert.Equal(["job update", "instance update", "job update", "instance update"], _entities.Commits.Kinds);
    }

    [Theory]
    [InlineData("sideways", null, null, "accepted are queued, in_progress, completed")]
    [InlineData(null, "nobody", null, "runner_name is accepted with")]
    [InlineData("in_progress", "nobody", null, "is not a runner of the job's entities")]
    [InlineData(null, null, "x", "is not a UUID")]
    [InlineData(null, null, "99999999-9999-9999-9999-999999999999", "locked_by must be one of the job's entities")]
    public async Task Update_IsRefused_WithTheReason(string? status, string? runner, string? lockedBy, string reason)
    {
        var job = await QueuedAsync(71);
        _entities.Commits.Clear();

        var refusal = await Assert.ThrowsAsync<GarmException>(
            () => UpdateAsync(job.Id, new() { Status = status, RunnerName = runner, LockedBy = lockedBy }));

        Assert.Equal(RefusalKind.BadRequest, refusal.Kind);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_entities.Commits.Kinds);
    }

    [Fact]
    public async Task Delete_RemovesAJob_AndItsRunnerIsShownWithoutIt()
    {
        var runner = await RunnerAsync(null);
        await _forge.TakeAsync("in_progress", 71, runner);
        var id = (await JobAsync(71)).Id;
        _entities.Commits.Clear();

        await _entities.Database.UseAsync((JobStore store) => store.DeleteAsync(id, default));

        Assert.Null((await GetAsync(runner)).Job);
        Assert.Equal(["instance update", "job delete"], _entities.Commits.Kinds.Order(StringComparer.Ordinal));
        var refusal = await Assert.ThrowsAsync<GarmException>(
            () => _entities.Database.UseAsync((JobStore store) => store.DeleteAsync(id, default)));
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
    }

    [Fact]
    public async Task AScaleSetsJobs_GoWithIt_ButForCompletedOnes()
    {
        var set = await _entities.Database.UseAsync((ScaleSetStore store) => store.CreateAsync(
            EntityKind.Repository, _pool.RepoId!,
            new() { Name = "s", ScaleSetId = 7, ProviderName = "fake", MaxRunners = 5, Image = "i", Flavor = "f", OsType = "linux" }, default));
        await ReportAsync(set.Id, "a", "queued");
        await ReportAsync(set.Id, "b", "completed");
        _entities.Commits.Clear();

        await _entities.Database.UseAsync((ScaleSetStore store) => store.DeleteAsync(set.Id, default));

        Assert.Equal(["b"], (await JobsAsync()).Select(x => x.ScaleSetJobId));
        Assert.Equal(["job delete", "scaleset delete"], _entities.Commits.Kinds.Order(StringComparer.Ordinal));
    }

    private Task ReportAsync(long set, string job, string status) => _entities.Database.UseAsync((ScaleSetJobStore store) =>
        store.ReportAsync(set, new() { ScaleSetJobId = job, Status = status }, default));

    private async Task<JobView> QueuedAsync(long number)
    {
        await _forge.TakeAsync("queued", number);
        return await JobAsync(number);
    }

    private Task<JobView> UpdateAsync(long id, UpdateJobRequest request) =>
        _entities.Database.UseAsync((JobStore store) => store.UpdateAsync(id, request, default));

    private async Task<JobView> JobAsync(long number) => (await JobsAsync()).Single(x => x.WorkflowJobId == number);

    private Task<IReadOnlyList<JobView>> JobsAsync() => _entities.JobsAsync();

    private Task<InstanceView> GetAsync(string runner) => _entities.Database.UseAsync((InstanceStore store) => store.GetAsync(runner, default));

    private async Task<string> RunnerAsync(long? job) => (await _entities.Database.UseAsync(
        (InstanceStore store) => store.CreateInPoolAsync(_pool.Id!, new() { JobId = job }, default))).Name!;

    private Task MoveAsync(string runner, string status) => _entities.Database.UseAsync(
        (InstanceStore store) => store.UpdateAsync(runner, new() { Status = status }, default));

    private async Task DeleteAsync(string runner)
    {
        foreach (var status in new[] { "pending_delete", "deleting", "deleted" }) await MoveAsync(runner, status);
    }
}
