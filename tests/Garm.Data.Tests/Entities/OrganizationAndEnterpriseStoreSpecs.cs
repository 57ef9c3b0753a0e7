using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Xunit;
using static Garm.Data.Tests.Support.EntityDatabase;

namespace Garm.Data.Tests.Entities;

/// <summary>The differences of organizations and enterprises from repositories: mostly in messages.</summary>
public abstract class OrganizationAndEnterpriseStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private static readonly CreateEntityRequest NewEntity =
        new() { Name = "Acme", CredentialsName = MainCredentials, WebhookSecret = Secret };

    private readonly EntityDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Organization_ShouldLiveThroughItsEvents()
    {
        var created = await OrganizationsAsync(store => store.CreateAsync(NewEntity, default));
        await OrganizationsAsync(store => store.UpdateAsync(created.Id!, new() { AgentMode = true }, default));
        await OrganizationsAsync(store => store.UpdateAsync(created.Id!, new() { AgentMode = true }, default));
        await _database.Database.UseAsync((OrganizationStore store) => store.DeleteAsync(created.Id!, default));

        Assert.Equal(["organization create", "organization update", "organization delete"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Enterprise_ShouldLiveThroughItsEvents()
    {
        var created = await EnterprisesAsync(store => store.CreateAsync(NewEntity, default));
        await EnterprisesAsync(store => store.UpdateAsync(created.Id!, new() { PoolBalancerType = "pack" }, default));
        await _database.Database.UseAsync((EnterpriseStore store) => store.DeleteAsync(created.Id!, default));

        Assert.Equal(["enterprise create", "enterprise update", "enterprise delete"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Organization_ShouldBeRefusedInItsOwnWords()
    {
        await OrganizationsAsync(store => store.CreateAsync(NewEntity, default));

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "error validating params: missing org name",
            () => OrganizationsAsync(store => store.CreateAsync(NewEntity with { Name = null }, default)));
        await Refusal.OfAsync(
            RefusalKind.Conflict, "organization ACME already exists",
            () => OrganizationsAsync(store => store.CreateAsync(NewEntity with { Name = "ACME" }, default)));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, "error fetching organization: error fetching org: error parsing id: invalid request",
            () => OrganizationsAsync(store => store.GetAsync("bad-id", default)));
        await Refusal.OfAsync(
            RefusalKind.NotFound, "error updating org: error saving org: error fetching org: not found",
            () => OrganizationsAsync(store => store.UpdateAsync(UnknownId, new(), default)));
    }

    [SkippableFact]
    public async Task Enterprise_ShouldBeRefusedInItsOwnWords_AndIgnoreTheTypeOfTheForge()
    {
        await EnterprisesAsync(store => store.CreateAsync(NewEntity with { ForgeType = "any" }, default));

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "error validating params: missing enterprise name",
            () => EnterprisesAsync(store => store.CreateAsync(NewEntity with { Name = "" }, default)));
        await Refusal.OfAsync(
            RefusalKind.Conflict, "enterprise acme already exists",
            () => EnterprisesAsync(store => store.CreateAsync(NewEntity with { Name = "acme" }, default)));
        await Refusal.OfAsync(
            RefusalKind.NotFound, "error updating enterprise: error updating enterprise: error fetching enterprise: not found",
            () => EnterprisesAsync(store => store.UpdateAsync(UnknownId, new(), default)));
    }

    [SkippableTheory]
    [InlineData(EntityKind.Organization, "org")]
    [InlineData(EntityKind.Enterprise, "enterprise")]
    public async Task Delete_ShouldBeRefused_WhileThereArePools(EntityKind kind, string word)
    {
        var id = kind == EntityKind.Organization
            ? (await OrganizationsAsync(store => store.CreateAsync(NewEntity, default))).Id!
            : (await EnterprisesAsync(store => store.CreateAsync(NewEntity, default))).Id!;
        var pool = await _database.Database.UseAsync((PoolStore store) => store.CreateAsync(kind, id, NewPool, default));

        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{word} has pools defined ({pool.Id})",
            () => kind == EntityKind.Organization
                ? _database.Database.UseAsync((OrganizationStore store) => store.DeleteAsync(id, default))
                : _database.Database.UseAsync((EnterpriseStore store) => store.DeleteAsync(id, default)));
    }

    private Task<T> OrganizationsAsync<T>(Func<OrganizationStore, Task<T>> use) => _database.Database.UseAsync(use);

    private Task<T> EnterprisesAsync<T>(Func<EnterpriseStore, Task<T>> use) => _database.Database.UseAsync(use);
}
