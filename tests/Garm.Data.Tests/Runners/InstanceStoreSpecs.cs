using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Runners;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Runners;

public sealed class InstanceStoreSpecs : IAsyncLifetime
{
    private readonly EntityDatabase _entities = new();

    private PoolView _pool = null!;

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        _pool = await _entities.PoolAsync();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [Fact]
    public async Task Create_ShouldTakeAfterThePool_WhenOnlyThePoolIsNamed()
    {
        var runner = await CreateAsync(new());

        Assert.Matches("^garm-[a-z0-9]{12}$", runner.Name);
        Assert.Equal(("pending_create", "pending", "fake", _pool.Id), (runner.Status, runner.RunnerStatus, runner.ProviderName, runner.PoolId));
        Assert.Equal(["instance create"], _entities.Commits.Kinds);
    }

    [Fact]
    public async Task Create_ShouldRefuse_WhenThePoolIsFull()
    {
        for (var i = 0; i < 5; i++) await CreateAsync(new());

        await RefusedAsync(RefusalKind.Conflict, $"error creating instance: max runners reached for pool {_pool.Id}", () => CreateAsync(new()));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("-x")]
    [InlineData("a b")]
    public async Task Create_ShouldRefuse_WhenTheNameCannotBeInAPath(string name)
    {
        var thrown = await Assert.ThrowsAsync<GarmException>(() => CreateAsync(new() { Name = name }));

        Assert.Contains("accepted are", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ShouldRefuse_WhenTheNameIsTaken()
    {
        await CreateAsync(new() { Name = "one" });

        await RefusedAsync(
            RefusalKind.Conflict, "error creating instance: an instance with the name one already exists", () => CreateAsync(new() { Name = "one" }));
    }

    [Fact]
    public async Task Update_ShouldNameTheStatesThatFollow_WhenTheStateDoesNot()
    {
        await CreateAsync(new() { Name = "one" });

        await RefusedAsync(
            RefusalKind.BadRequest,
            "error updating instance: invalid instance status transition from pending_create to running; accepted from here: creating, pending_delete, pending_force_delete",
            () => UpdateAsync(new() { Status = "running" }));
        await RefusedAsync(
            RefusalKind.BadRequest,
            "error updating instance: invalid runner status transition from pending to idle; accepted from here: installing, active, failed, terminated",
            () => UpdateAsync(new() { RunnerStatus = "idle" }));
    }

    [Fact]
    public async Task Update_ShouldVoidTokens_WhenACreationIsTriedAgain()
    {
        await CreateAsync(new() { Name = "one" });
        await UpdateAsync(new() { Status = "creating" });
        await UpdateAsync(new() { Status = "error", ProviderFault = "boom"u8.ToArray() });

        var again = await UpdateAsync(new() { Status = "pending_create" });

        Assert.Null(again.ProviderFault);
        Assert.Equal(1, await _entities.Database.ReadAsync(db => db.Instances.Select(x => x.CreateAttempt).SingleAsync()));
    }

    [Fact]
    public async Task Update_ShouldReplaceAddresses_AndTellOnce()
    {
        await CreateAsync(new() { Name = "one" });
        await UpdateAsync(new() { Addresses = [new() { Address = "192.0.2.1", Type = "public" }, new() { Address = "10.0.0.1", Type = "private" }] });
        _entities.Commits.Clear();

        var view = await UpdateAsync(new() { Addresses = [new() { Address = "192.0.2.2", Type = "public" }] });

        Assert.Equal("192.0.2.2", Assert.Single(view.Addresses!).Address);
        Assert.Equal(["instance update"], _entities.Commits.Kinds);
        Assert.Equal(1, await _entities.Database.ReadAsync(db => db.Set<InstanceAddress>().CountAsync()));
    }

    [Fact]
    public async Task Update_ShouldRemoveTheRow_WhenTheDeletionIsDone()
    {
        await CreateAsync(new() { Name = "one" });
        await UpdateAsync(new() { Status = "pending_delete" });
        await UpdateAsync(new() { Status = "deleting" });
        await UpdateAsync(new() { Addresses = [new() { Address = "192.0.2.1", Type = "public" }] });
        _entities.Commits.Clear();

        await UpdateAsync(new() { Status = "deleted" });

        Assert.Equal(["instance delete"], _entities.Commits.Kinds);
        Assert.Equal(0, await _entities.Database.ReadAsync(db => db.Set<InstanceAddress>().CountAsync()));
        await RefusedAsync(
            RefusalKind.NotFound, "error fetching instance: error fetching instance: error fetching instance by name: not found",
            () => _entities.Database.UseAsync((InstanceStore store) => store.GetAsync("one", default)));
    }

    [Fact]
    public async Task Delete_ShouldRefuse_WhenTheRunnerIsBeingMade()
    {
        await CreateAsync(new() { Name = "one" });

        await RefusedAsync(
            RefusalKind.BadRequest,
            "runner must be in one of the following states: \"running, error, pending_force_delete, pending_delete\"",
            () => _entities.Database.UseAsync((InstanceStore store) => store.DeleteAsync("one", false, default)));
    }

    [Fact]
    public async Task Pool_ShouldNotGo_WhileItHasRunners()
    {
        var runner = await CreateAsync(new());

        await RefusedAsync(RefusalKind.BadRequest, "pool has runners", () => _entities.DeletePoolAsync(_pool.Id!));
        await RefusedAsync(
            RefusalKind.BadRequest, $"pool has runners: {runner.Id}",
            () => _entities.Database.UseAsync((PoolStore store) => store.DeleteAsync(EntityKind.Repository, _pool.RepoId!, _pool.Id!, default)));
    }

    [Fact]
    public async Task Report_ShouldKeepTheLatestThirtyMessages()
    {
        var runner = await CreateAsync(new() { Name = "one" });
        for (var i = 0; i < 33; i++)
        {
            await _entities.Database.UseAsync(
                (RunnerStore store) => store.ReportAsync(Guid.Parse(runner.Id!), new InstanceStatusRequest { Message = $"m{i}" }, default));
        }

        var view = await _entities.Database.UseAsync((InstanceStore store) => store.GetAsync("one", default));

        Assert.Equal(Enumerable.Range(3, 30).Select(i => $"m{i}"), view.StatusMessages!.Select(x => x.Message));
    }

    [Fact]
    public async Task JitConfiguration_IsInNoEventAndNoAnswer_AndEncryptedAtRest()
    {
        const string secret = "aml0LXNlY3JldC1uZXZlci1zZWVu";
        var runner = await CreateAsync(new() { Name = "one", JitConfiguration = new Dictionary<string, string> { [".runner"] = secret } });

        Assert.DoesNotContain(secret, _entities.Commits.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, System.Text.Json.JsonSerializer.Serialize(runner), StringComparison.Ordinal);
        var stored = await _entities.Database.ReadAsync(db => db.Instances.Select(x => x.SealedJitConfiguration).SingleAsync());
        Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(stored!), StringComparison.Ordinal);
        var setup = await _entities.Database.UseAsync((RunnerStore store) => store.GetSetupAsync(Guid.Parse(runner.Id!), default));
        Assert.Equal("jit-secret-never-seen"u8.ToArray(), setup.JitFiles[".runner"]);
    }

    private Task<InstanceView> CreateAsync(CreateInstanceRequest request) =>
        _entities.Database.UseAsync((InstanceStore store) => store.CreateInPoolAsync(_pool.Id!, request, default));

    private Task<InstanceView> UpdateAsync(UpdateInstanceRequest request) =>
        _entities.Database.UseAsync((InstanceStore store) => store.UpdateAsync("one", request, default));

    private static async Task RefusedAsync(RefusalKind kind, string details, Func<Task> action)
    {
        var thrown = await Assert.ThrowsAsync<GarmException>(action);
        Assert.Equal((kind, details), (thrown.Kind, thrown.Message));
    }
}
