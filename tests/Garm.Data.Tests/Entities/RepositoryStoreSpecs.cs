using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Secrets;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Garm.Data.Tests.Support.EntityDatabase;

namespace Garm.Data.Tests.Entities;

public abstract class RepositoryStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const string UpdateFailed = "error updating repo: error saving repo";

    private readonly EntityDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Create_ShouldTellOfItOnce_WithCredentialsAndEndpointInIt()
    {
        var created = await _database.CreateAsync(NewRepository);

        Assert.Equal(["repository create"], _database.Commits.Kinds);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal(created.Id, payload.GetProperty("id").GetString());
        Assert.Equal("roundrobin", payload.GetProperty("pool_balancing_type").GetString());
        Assert.Equal("{}", payload.GetProperty("pool_manager_status").GetRawText());
        Assert.Equal("github.com", payload.GetProperty("endpoint").GetProperty("name").GetString());
        Assert.Equal(MainCredentials, payload.GetProperty("credentials").GetProperty("name").GetString());
    }

    public static TheoryData<CreateRepositoryRequest, string> WrongCreations => new()
    {
        { new(), "missing owner" },
        { NewRepository with { Name = "" }, "missing repo name" },
        { NewRepository with { CredentialsName = null }, "missing credentials name" },
        { NewRepository with { WebhookSecret = "" }, "missing secret" },
        { NewRepository with { ForgeType = "gitlab", PoolBalancerType = "x" }, "invalid forge type" },
        { NewRepository with { PoolBalancerType = "x" }, "invalid pool balancer type" },
    };

    [SkippableTheory, MemberData(nameof(WrongCreations), DisableDiscoveryEnumeration = true)]
    public async Task Create_ShouldBeRefused_WhenSomethingIsWrong(CreateRepositoryRequest request, string reason) =>
        await Refusal.OfAsync(RefusalKind.BadRequest, $"error validating params: {reason}", () => _database.CreateAsync(request));

    [SkippableTheory]
    [InlineData("nope", null)]
    [InlineData(MainCredentials, "gitea")]
    public async Task Create_ShouldBeRefused_WhenThereAreNoSuchCredentials(string name, string? forge) =>
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"credentials {name} not defined",
            () => _database.CreateAsync(NewRepository with { CredentialsName = name, ForgeType = forge }));

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("github")]
    public async Task Create_ShouldFindCredentials_WhateverTheCaseOfTheirName(string? forge)
    {
        var made = await _database.CreateAsync(NewRepository with { CredentialsName = "CREDS", ForgeType = forge });

        Assert.Equal(MainCredentials, made.CredentialsName);
    }

    [SkippableFact]
    public async Task Create_ShouldBeRefused_WhenTheEndpointHasOneOfThatName()
    {
        await _database.CreateAsync(NewRepository);

        await Refusal.OfAsync(
            RefusalKind.Conflict, "repository ACME/Site already exists",
            () => _database.CreateAsync(NewRepository with { Owner = "ACME", Name = "Site" }));
        await _database.CreateAsync(NewRepository with { CredentialsName = ForeignCredentials });
        Assert.Equal(2, _database.Commits.Changes.Count);
    }

    [SkippableFact]
    public async Task Create_ShouldLetOneWin_WhenManyTryAtOnce()
    {
        var attempts = Enumerable.Range(0, 8).Select(_ => Record.ExceptionAsync(() => _database.CreateAsync(NewRepository)));

        var failures = (await Task.WhenAll(attempts)).OfType<GarmException>().ToList();

        Assert.Equal(7, failures.Count);
        Assert.All(failures, x => Assert.Equal(RefusalKind.Conflict, x.Kind));
        Assert.Equal(["repository create"], _database.Commits.Kinds);
    }

    [SkippableTheory]
    [InlineData(null, null, null, 3)]
    [InlineData("acme", "", "", 2)]
    [InlineData("ACME", null, null, 0)]
    [InlineData(null, "site", null, 2)]
    [InlineData("acme", "site", "github.com", 1)]
    [InlineData(null, null, "GitHub.com", 0)]
    public async Task List_ShouldHeedFiltersAndTheirCase(string? owner, string? name, string? endpoint, int count)
    {
        await _database.CreateAsync(NewRepository);
        await _database.CreateAsync(NewRepository with { Name = "api" });
        await _database.CreateAsync(NewRepository with { Owner = "other", CredentialsName = ForeignCredentials });

        var list = await _database.Database.UseAsync(
            (RepositoryStore store) => store.ListAsync(new EntityFilter(owner, name, endpoint), default));

        Assert.Equal(count, list.Count);
    }

    [SkippableFact]
    public async Task Update_ShouldTellOfIt_OnlyWhenSomethingDiffers()
    {
        var id = await _database.RepositoryIdAsync();
        _database.Commits.Clear();

        await _database.UpdateAsync(id, new());
        await _database.UpdateAsync(id, new() { CredentialsName = MainCredentials, PoolBalancerType = "roundrobin", AgentMode = false });
        await _database.UpdateAsync(id, new() { WebhookSecret = Secret });
        Assert.Empty(_database.Commits.Changes);

        await _database.UpdateAsync(id, new() { PoolBalancerType = "pack", AgentMode = true });
        await _database.UpdateAsync(id, new() { WebhookSecret = $"{Secret}-2" });
        var swapped = await _database.UpdateAsync(id, new() { CredentialsName = OtherCredentials });

        Assert.Equal(["repository update", "repository update", "repository update"], _database.Commits.Kinds);
        Assert.Equal((OtherCredentials, "pack", true), (swapped.CredentialsName, swapped.PoolBalancingType, swapped.AgentMode));
        Assert.Equal(OtherCredentials, swapped.Credentials.Name);
    }

    [SkippableFact]
    public async Task Secret_ShouldBeSealedAndNeverShown()
    {
        var id = await _database.RepositoryIdAsync();
        await _database.UpdateAsync(id, new() { WebhookSecret = $"{Secret}-2" });
        await _database.DeleteAsync((await _database.CreateAsync(NewRepository with { Name = "gone" })).Id!);

        Assert.Equal(4, _database.Commits.Changes.Count);
        Assert.DoesNotContain(Secret, _database.Commits.AllText);
        var row = await _database.Database.ReadAsync(db => db.Repositories.SingleAsync());
        Assert.Equal($"{Secret}-2", TestDatabase.Sealer.Open(row.SealedWebhookSecret, SecretPurposes.WebhookSecret));
    }

    [SkippableFact]
    public async Task Secret_ShouldBeReplaceable_WhenItCannotBeOpened()
    {
        var id = await _database.RepositoryIdAsync();
        await _database.Database.SaveAsync(db => db.Repositories.Single().SealedWebhookSecret = [1, 2, 3]);

        await _database.UpdateAsync(id, new() { WebhookSecret = Secret });

        var row = await _database.Database.ReadAsync(db => db.Repositories.SingleAsync());
        Assert.Equal(Secret, TestDatabase.Sealer.Open(row.SealedWebhookSecret, SecretPurposes.WebhookSecret));
    }

    [SkippableFact]
    public async Task Update_ShouldBeRefused_WhenSomethingIsWrong()
    {
        var id = await _database.RepositoryIdAsync();
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "invalid pool balancer type: random",
            () => _database.UpdateAsync("nope", new() { PoolBalancerType = "random" }));
        await Refusal.OfAsync(
            RefusalKind.NotFound, $"{UpdateFailed}: error fetching credentials: github credentials not found: not found",
            () => _database.UpdateAsync(id, new() { CredentialsName = "nope" }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{UpdateFailed}: endpoint mismatch",
            () => _database.UpdateAsync(id, new() { CredentialsName = ForeignCredentials, PoolBalancerType = "pack" }));
        await Refusal.OfAsync(
            RefusalKind.NotFound, $"{UpdateFailed}: error fetching repo: not found", () => _database.UpdateAsync(UnknownId, new()));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{UpdateFailed}: error fetching repo: error parsing id: invalid UUID length: 4",
            () => _database.UpdateAsync("nope", new()));
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task Update_ShouldKeepBoth_WhenTwoChangeDifferentThingsAtOnce()
    {
        var id = await _database.RepositoryIdAsync();
        _database.Commits.Clear();

        await Task.WhenAll(
            _database.UpdateAsync(id, new() { AgentMode = true }), _database.UpdateAsync(id, new() { PoolBalancerType = "pack" }));

        var shown = await _database.GetAsync(id);
        Assert.Equal((true, "pack"), (shown.AgentMode, shown.PoolBalancingType));
        Assert.Equal(["repository update", "repository update"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Delete_ShouldTellTheWholeLastState()
    {
        var id = await _database.RepositoryIdAsync();
        _database.Commits.Clear();

        await _database.DeleteAsync(id);

        Assert.Equal(["repository delete"], _database.Commits.Kinds);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal((id, "acme"), (payload.GetProperty("id").GetString(), payload.GetProperty("owner").GetString()));
        Assert.Equal(MainCredentials, payload.GetProperty("credentials").GetProperty("name").GetString());
        await Refusal.OfAsync(
            RefusalKind.NotFound, "error fetching repo: error fetching repo: not found", () => _database.DeleteAsync(id));
        await Refusal.OfAsync(
            RefusalKind.NotFound, "error fetching repository: error fetching repo: not found", () => _database.GetAsync(id));
    }

    [SkippableFact]
    public async Task Delete_ShouldBeRefused_WhileThereArePools()
    {
        var pool = await _database.PoolAsync();
        var second = await _database.CreatePoolAsync(pool.RepoId!, NewPool);
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"repo has pools defined ({pool.Id}, {second.Id})", () => _database.DeleteAsync(pool.RepoId!));

        Assert.Empty(_database.Commits.Changes);
        Assert.Equal([pool.Id, second.Id], (await _database.GetAsync(pool.RepoId!)).Pools!.Select(x => x.Id));
    }
}
