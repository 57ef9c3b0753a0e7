using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Proxies;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Garm.Data.Tests.Support.EntityDatabase;

namespace Garm.Data.Tests.Pools;

public abstract class PoolUpdateSpecs(TestEngine engine) : IAsyncLifetime
{
    private readonly EntityDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    public static TheoryData<UpdatePoolRequest> NothingNew => new(
        new(),
        new() { Enabled = false, MaxRunners = 5, MinIdleRunners = 0, Priority = 0, RunnerBootstrapTimeout = 20, ProxyId = 0 },
        new() { Image = "", Flavor = "", OsType = "", OsArch = "", RunnerPrefix = "", Tags = [] },
        new() { Image = "ubuntu:24.04", GithubRunnerGroup = "", EnableShell = false });

    [SkippableTheory, MemberData(nameof(NothingNew), DisableDiscoveryEnumeration = true)]
    public async Task Update_ShouldTellNothing_WhenNothingDiffers(UpdatePoolRequest request)
    {
        var pool = await _database.PoolAsync();

        var updated = await _database.UpdatePoolAsync(pool.Id!, request);

        Assert.Empty(_database.Commits.Changes);
        Assert.Equal((pool.UpdatedAt, 0ul, "github_linux"), (updated.UpdatedAt, updated.Generation, updated.TemplateName));
    }

    public static TheoryData<UpdatePoolRequest, ulong> Changes => new()
    {
        { new() { Image = "debian:12" }, 1 },
        { new() { Flavor = "large", OsArch = "arm64" }, 1 },
        { new() { OsType = "plan9" }, 1 },
        { new() { EnableShell = true }, 1 },
        { new() { GithubRunnerGroup = "special" }, 1 },
        { new() { ExtraSpecs = Json("""{"disk": 20}""") }, 1 },
        { new() { ExtraSpecs = Json("null") }, 1 },
        { new() { MaxRunners = 0 }, 0 },
        { new() { MinIdleRunners = 1, Priority = 7, RunnerBootstrapTimeout = 33 }, 0 },
        { new() { Enabled = true, RunnerPrefix = "other" }, 0 },
        { new() { Tags = ["linux", "self-hosted"] }, 0 },
    };

    [SkippableTheory, MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task Update_ShouldTellOfIt_AndRaiseTheGenerationWhenRunnersWouldDiffer(UpdatePoolRequest request, ulong generation)
    {
        var pool = await _database.PoolAsync();

        var updated = await _database.UpdatePoolAsync(pool.Id!, request);

        Assert.Equal(["pool update"], _database.Commits.Kinds);
        Assert.Equal(generation, updated.Generation);
        Assert.Equal(generation, _database.Commits.SinglePayload.GetProperty("generation").GetUInt64());
    }

    [SkippableFact]
    public async Task ExtraSpecs_ShouldBeKeptAsGiven_AndNullBeAValue()
    {
        var pool = await _database.PoolAsync();
        Assert.Null(pool.ExtraSpecs);

        await _database.UpdatePoolAsync(pool.Id!, new() { ExtraSpecs = Json("""{"b": 1.50, "a": [1, 2]}""") });
        await _database.UpdatePoolAsync(pool.Id!, new() { ExtraSpecs = Json("""{"b":1.50,"a":[1,2]}""") });
        var cleared = await _database.UpdatePoolAsync(pool.Id!, new() { ExtraSpecs = Json("null") });

        Assert.Equal(["pool update", "pool update"], _database.Commits.Kinds);
        Assert.Contains("""
            "extra_specs":{"b":1.50,"a":[1,2]}
            """, _database.Commits.AllText);
        Assert.Equal(JsonValueKind.Null, cleared.ExtraSpecs!.Value.ValueKind);
        Assert.Contains("\"extra_specs\":null", _database.Commits.AllText);
    }

    [SkippableFact]
    public async Task Tags_ShouldBeReplaced_InOneUpdateOfThePool()
    {
        var pool = await _database.PoolAsync();

        await _database.UpdatePoolAsync(pool.Id!, new() { Tags = ["gpu", "LINUX", "x64"] });

        Assert.Equal(["pool update"], _database.Commits.Kinds);
        var shown = _database.Commits.SinglePayload.GetProperty("tags").EnumerateArray().Select(x => x.GetProperty("name").GetString());
        Assert.Equal(["gpu", "linux", "x64"], shown);
        Assert.Equal(["gpu", "linux", "x64"], (await _database.GetPoolAsync(pool.Id!)).Tags!.Select(x => x.Name));
    }

    [SkippableFact]
    public async Task TemplateAndProxy_ShouldBeExchangeable()
    {
        var pool = await _database.PoolAsync();
        var windows = (uint)await _database.Database.ReadAsync(
            db => db.Templates.Where(x => x.Name == "github_windows").Select(x => x.Id).SingleAsync());
        var proxy = await _database.Database.UseAsync((ProxyStore store) =>
            store.CreateAsync(new() { Name = "px", HttpProxy = "http://px.example.com" }, default));

        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            "failed to find suitable template: selected template OS type (windows) and pool OS type (linux) do not match",
            () => UpdateOfRepositoryAsync(pool, new() { TemplateId = windows }));
        Assert.Equal("github_windows", (await _database.UpdatePoolAsync(pool.Id!, new() { TemplateId = windows })).TemplateName);
        var updated = await _database.UpdatePoolAsync(
            pool.Id!, new() { OsType = "windows", TemplateId = windows, ProxyId = (uint)proxy.Id });

        Assert.Equal(("github_windows", "px", 1ul), (updated.TemplateName, updated.ProxyName, updated.Generation));
        await Assert.ThrowsAsync<GarmException>(() =>
            _database.Database.UseAsync((ProxyStore store) => store.DeleteAsync(proxy.Id, default)));

        updated = await _database.UpdatePoolAsync(pool.Id!, new() { ProxyId = 0 });
        Assert.Equal((0L, null, 2ul), (updated.ProxyId, updated.ProxyName, updated.Generation));
    }

    [SkippableFact]
    public async Task Update_ShouldBeRefused_WhenSomethingIsWrong()
    {
        const string byId = "error fetching pool: error fetching pool by ID";
        var pool = await _database.PoolAsync();

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "min_idle_runners cannot be larger than max_runners",
            () => _database.UpdatePoolAsync(pool.Id!, new() { MinIdleRunners = 6 }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, "error updating pool: error updating pool: error checking pool proxy: proxy with ID 9 does not exist",
            () => _database.UpdatePoolAsync(pool.Id!, new() { ProxyId = 9, Enabled = true }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{byId}: error parsing id: invalid request", () => _database.UpdatePoolAsync("nope", new()));
        await Refusal.OfAsync(RefusalKind.NotFound, $"{byId}: not found", () => _database.UpdatePoolAsync(UnknownId, new()));
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task TimeoutOfZero_ShouldBeRefusedById_AndIgnoredUnderTheEntity()
    {
        var pool = await _database.PoolAsync();
        var request = new UpdatePoolRequest { RunnerBootstrapTimeout = 0 };

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "runner_bootstrap_timeout cannot be 0", () => _database.UpdatePoolAsync(pool.Id!, request));
        var updated = await UpdateOfRepositoryAsync(pool, request);

        Assert.Equal(20u, updated.RunnerBootstrapTimeout);
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task Update_ShouldKeepBoth_WhenTwoChangeDifferentThingsAtOnce()
    {
        var pool = await _database.PoolAsync();

        await Task.WhenAll(
            _database.UpdatePoolAsync(pool.Id!, new() { Image = "debian:12" }),
            _database.UpdatePoolAsync(pool.Id!, new() { Flavor = "large" }),
            _database.UpdatePoolAsync(pool.Id!, new() { Tags = ["x64"] }));

        var shown = await _database.GetPoolAsync(pool.Id!);
        Assert.Equal(("debian:12", "large", 2ul), (shown.Image, shown.Flavor, shown.Generation));
        Assert.Equal(["x64"], shown.Tags!.Select(x => x.Name));
    }

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private Task<PoolView> UpdateOfRepositoryAsync(PoolView pool, UpdatePoolRequest request) => _database.Database.UseAsync(
        (PoolStore store) => store.UpdateAsync(EntityKind.Repository, pool.RepoId!, pool.Id!, request, default));
}
