using System.Text.Json;
using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Garm.Data.Tests.Support.EntityDatabase;

namespace Garm.Data.Tests.Pools;

public abstract class PoolStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const string Refused = "error appending tags to create pool params";
    private const string NoTemplate = "failed to find suitable template";
    private const string NotInEntity = "error fetching pool: fetching pool: error finding pool: not found";
    private const string BadIdInEntity = "error fetching pool: fetching pool: error parsing id: invalid request";

    private readonly EntityDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Create_ShouldTellOfIt_WithEverythingItRefersTo()
    {
        var repositoryId = await _database.RepositoryIdAsync();
        _database.Commits.Clear();

        var created = await _database.CreatePoolAsync(repositoryId, NewPool);

        Assert.Equal(["pool create"], _database.Commits.Kinds);
        Assert.Equal("garm", created.RunnerPrefix);
        Assert.Equal("github_linux", created.TemplateName);
        Assert.Equal(("acme/site", "github.com"), (created.RepoName, created.Endpoint.Name));
        Assert.Equal(["linux", "self-hosted"], created.Tags!.Select(x => x.Name));
        var payload = _database.Commits.SinglePayload;
        Assert.Equal(2, payload.GetProperty("tags").GetArrayLength());
        Assert.Equal("github_linux", payload.GetProperty("template_name").GetString());
    }

    public static TheoryData<CreatePoolRequest, string> WrongCreations => new()
    {
        { new(), Invalid("missing provider") },
        { NewPool with { MinIdleRunners = 6 }, Invalid("min_idle_runners cannot be larger than max_runners") },
        { NewPool with { MaxRunners = 0 }, Invalid("max_runners cannot be 0") },
        { NewPool with { Tags = [] }, Invalid("missing tags") },
        { NewPool with { Flavor = "", Image = "" }, Invalid("missing flavor") },
        { NewPool with { Image = null }, Invalid("missing image") },
        { NewPool with { OsType = null }, "invalid OS type " },
        { NewPool with { OsType = "plan9", OsArch = "z80" }, "invalid OS type plan9" },
        { NewPool with { OsArch = "z80" }, "invalid OS architecture z80" },
        { NewPool with { ProviderName = "nope" }, "no such provider nope" },
    };

    [SkippableTheory, MemberData(nameof(WrongCreations), DisableDiscoveryEnumeration = true)]
    public async Task Create_ShouldBeRefused_WhenSomethingIsWrong(CreatePoolRequest request, string reason) =>
        await Refusal.OfAsync(RefusalKind.BadRequest, $"{Refused}: {reason}", () => _database.CreatePoolAsync("nope", request));

    [SkippableFact]
    public async Task Create_ShouldBeRefused_WhenItRefersToWhatIsNotThere()
    {
        const string noRepository = "failed to get repo: error failed to get entity from db: error fetching repo";
        var id = await _database.RepositoryIdAsync();
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.NotFound, $"{noRepository}: not found", () => _database.CreatePoolAsync(UnknownId, NewPool));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{noRepository}: error parsing id: invalid UUID length: 4",
            () => _database.CreatePoolAsync("nope", NewPool));
        await Refusal.OfAsync(
            RefusalKind.NotFound, $"{NoTemplate}: failed to get template: failed to get template: not found",
            () => _database.CreatePoolAsync(id, NewPool with { TemplateId = 999_999 }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, "error creating pool: error checking pool proxy: proxy with ID 999999 does not exist",
            () => _database.CreatePoolAsync(id, NewPool with { ProxyId = 999_999 }));
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task Create_ShouldBeRefused_WhenTheTemplateIsForAnotherSystemOrForge()
    {
        var id = await _database.RepositoryIdAsync();
        var templates = await _database.Database.ReadAsync(db => db.Templates.ToDictionaryAsync(x => x.Name, x => (uint)x.Id));

        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{NoTemplate}: selected template OS type (windows) and pool OS type (linux) do not match",
            () => _database.CreatePoolAsync(id, NewPool with { TemplateId = templates["github_windows"] }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{NoTemplate}: selected template forge type (gitea) and pool forge type (github) do not match",
            () => _database.CreatePoolAsync(id, NewPool with { TemplateId = templates["gitea_linux"] }));
    }

    [SkippableFact]
    public async Task Create_ShouldDefaultTheTimeout_OnlyForRepositories()
    {
        var request = NewPool with { RunnerBootstrapTimeout = 0 };
        var organization = await _database.Database.UseAsync((OrganizationStore store) => store.CreateAsync(
            new() { Name = "org", CredentialsName = MainCredentials, WebhookSecret = Secret }, default));

        var inRepository = await _database.CreatePoolAsync(await _database.RepositoryIdAsync(), request);
        var inOrganization = await _database.Database.UseAsync((PoolStore store) =>
            store.CreateAsync(EntityKind.Organization, organization.Id!, request, default));

        Assert.Equal(20u, inRepository.RunnerBootstrapTimeout);
        Assert.Equal(0u, inOrganization.RunnerBootstrapTimeout);
        Assert.Equal(20u, (await _database.GetPoolAsync(inOrganization.Id!)).RunnerBootstrapTimeout);
    }

    [SkippableFact]
    public async Task Tags_ShouldBeStoredOnce_InTheSpellingUsedFirst()
    {
        var repositoryId = await _database.RepositoryIdAsync();
        var first = await _database.CreatePoolAsync(repositoryId, NewPool with { Tags = ["GPU", "gpu"] });
        await _database.DeletePoolAsync(first.Id!);

        var second = await _database.CreatePoolAsync(repositoryId, NewPool with { Tags = ["gpu", "x64"] });

        Assert.Equal(["GPU", "x64"], second.Tags!.Select(x => x.Name));
        Assert.Equal(first.Tags!.Single().Id, second.Tags![0].Id);
    }

    [SkippableFact]
    public async Task Tags_ShouldBeSharedByPoolsThatAreMadeAtOnce()
    {
        var repositoryId = await _database.RepositoryIdAsync();

        var pools = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => _database.CreatePoolAsync(repositoryId, NewPool with { Tags = ["one"] })));

        Assert.Single(pools.Select(x => x.Tags!.Single().Id).Distinct());
    }

    [SkippableFact]
    public async Task List_ShouldLeaveOutNamesAndExtraSpecs()
    {
        var repositoryId = await _database.RepositoryIdAsync();
        await _database.CreatePoolAsync(repositoryId, NewPool with { ExtraSpecs = JsonSerializer.Deserialize<JsonElement>("{}") });

        var all = await _database.Database.UseAsync((PoolStore store) => store.ListAsync(default).SelectMany(x => x).ToListAsync().AsTask());
        var ofRepository = await _database.Database.UseAsync(async (PoolStore store) =>
            await (await store.ListAsync(EntityKind.Repository, repositoryId, default)).SelectMany(x => x).ToListAsync());

        foreach (var pool in new[] { all.Single(), ofRepository.Single() })
        {
            Assert.Null(pool.TemplateName);
            Assert.Null(pool.ExtraSpecs);
            Assert.NotEqual(0, pool.TemplateId);
            Assert.Equal(2, pool.Tags!.Count);
        }

        await Refusal.OfAsync(
            RefusalKind.NotFound,
            "error fetching pools: error fetching pools: error checking entity existence: error entity not found: not found",
            () => _database.Database.UseAsync((PoolStore store) =>
                store.ListAsync(EntityKind.Organization, repositoryId, default)));
    }

    [SkippableFact]
    public async Task Delete_ShouldTellOnlyTheId_AndTakeTheTagsAlong()
    {
        var pool = await _database.PoolAsync();

        await _database.DeletePoolAsync(pool.Id!);
        await _database.DeletePoolAsync(pool.Id!);

        Assert.Equal(["pool delete"], _database.Commits.Kinds);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal(pool.Id, payload.GetProperty("id").GetString());
        Assert.False(payload.TryGetProperty("image", out _));
        Assert.Equal(0, await _database.Database.ReadAsync(db => db.Set<Model.PoolTag>().CountAsync()));
    }

    [SkippableFact]
    public async Task PoolUnderAnEntity_ShouldBeFoundOnlyThere()
    {
        var pool = await _database.PoolAsync();
        var other = (await _database.CreateAsync(NewRepository with { Name = "other" })).Id!;
        _database.Commits.Clear();

        await Refusal.OfAsync(RefusalKind.NotFound, NotInEntity, () => GetAsync(other, pool.Id!));
        await Refusal.OfAsync(RefusalKind.NotFound, NotInEntity, () => GetAsync("nope", pool.Id!));
        await Refusal.OfAsync(RefusalKind.BadRequest, BadIdInEntity, () => GetAsync(other, "nope"));
        await Refusal.OfAsync(RefusalKind.NotFound, NotInEntity, () => DeleteAsync(EntityKind.Repository, other, pool.Id!));
        await DeleteAsync(EntityKind.Organization, other, pool.Id!);
        Assert.Empty(_database.Commits.Changes);

        Assert.Equal(pool.Id, (await GetAsync(pool.RepoId!, pool.Id!)).Id);
        await DeleteAsync(EntityKind.Repository, pool.RepoId!, pool.Id!);
        Assert.Equal(["pool delete"], _database.Commits.Kinds);
    }

    private static string Invalid(string reason) => $"failed to validate params (\"{reason}\"): invalid request";

    private Task<Contracts.Entities.PoolView> GetAsync(string repositoryId, string poolId) => _database.Database.UseAsync(
        (PoolStore store) => store.GetAsync(EntityKind.Repository, repositoryId, poolId, default));

    private Task DeleteAsync(EntityKind kind, string entityId, string poolId) =>
        _database.Database.UseAsync((PoolStore store) => store.DeleteAsync(kind, entityId, poolId, default));
}
