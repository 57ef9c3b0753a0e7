using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Entities;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Credentials;

/// <summary>Gitea's endpoints and credentials, and the entities that use them.</summary>
public abstract class GiteaStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const string Token = "gitea-token-never-seen";

    private readonly EntityDatabase _entities = new(engine);

    private TestDatabase Database => _entities.Database;

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        await Database.UseAsync((GiteaEndpointStore store) => store.CreateAsync(
            new() { Name = "forge", ApiBaseUrl = "https://forge.example.com", BaseUrl = "https://forge.example.com" }, default));
        await CredentialsAsync("gitea-creds");
        _entities.Commits.Clear();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [SkippableFact]
    public async Task Credentials_ShouldNeverShowTheirToken()
    {
        var made = await CredentialsAsync("secretive");
        await Database.UseAsync((GiteaCredentialsStore store) => store.UpdateAsync(
            made, new() { Pat = new GithubPat { Oauth2Token = Token + "2" } }, default));
        await Database.UseAsync((GiteaCredentialsStore store) => store.DeleteAsync(made, default));

        Assert.Equal(
            ["gitea_credentials create", "gitea_credentials update", "gitea_credentials delete"], _entities.Commits.Kinds);
        Assert.DoesNotContain(Token, _entities.Commits.AllText);
    }

    [SkippableFact]
    public async Task Credentials_ShouldBeKeptApart_FromGithubsOfTheSameName()
    {
        var id = await CredentialsAsync(EntityDatabase.MainCredentials);

        await Refusal.OfAsync(
            RefusalKind.NotFound, "failed to get github credentials: github credentials not found: not found",
            () => Database.UseAsync((GithubCredentialsStore store) => store.GetAsync(id, default)));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"credentials {EntityDatabase.MainCredentials} not defined",
            () => _entities.CreateAsync(EntityDatabase.NewRepository));
        Assert.Equal("gitea", (await _entities.CreateAsync(EntityDatabase.NewRepository with { ForgeType = "gitea" })).Credentials.ForgeType);
        Assert.Equal(
            "github",
            (await _entities.CreateAsync(EntityDatabase.NewRepository with { ForgeType = "github" })).Credentials.ForgeType);
    }

    [SkippableFact]
    public async Task Credentials_ShouldBeRefused_WhenANewNameIsTaken()
    {
        var id = await CredentialsAsync("second");

        await Refusal.OfAsync(
            RefusalKind.Conflict,
            "error failed to update gitea credentials: error updating gitea credentials: gitea credentials already exists: duplicate",
            () => Database.UseAsync((GiteaCredentialsStore store) => store.UpdateAsync(id, new() { Name = "GITEA-creds" }, default)));
    }

    [SkippableFact]
    public async Task Swap_ShouldAskForCredentialsOfTheEntitysForge()
    {
        var repository = await _entities.CreateAsync(EntityDatabase.NewRepository with { CredentialsName = "gitea-creds" });
        await CredentialsAsync("next");

        Assert.Equal("next", (await _entities.UpdateAsync(repository.Id!, new() { CredentialsName = "next" })).CredentialsName);
        await Refusal.OfAsync(
            RefusalKind.NotFound,
            "error updating repo: error saving repo: error fetching credentials: "
            + $"gitea credentials \"{EntityDatabase.OtherCredentials}\" not found",
            () => _entities.UpdateAsync(repository.Id!, new() { CredentialsName = EntityDatabase.OtherCredentials }));
    }

    [SkippableFact]
    public async Task Enterprise_ShouldBeRefused_WithGiteaCredentials() => await Refusal.OfAsync(
        RefusalKind.BadRequest, "credentials gitea-creds not defined",
        () => Database.UseAsync((EnterpriseStore store) => store.CreateAsync(
            new() { Name = "e", CredentialsName = "gitea-creds", WebhookSecret = EntityDatabase.Secret }, default)));

    [SkippableFact]
    public async Task ForgeInstance_ShouldKeepEndpointAndCredentials_AndBeOnlyOne()
    {
        var made = await Database.UseAsync((ForgeInstanceStore store) => store.CreateAsync(Instance, default));

        await Refusal.OfAsync(
            RefusalKind.Conflict, "forge instance for endpoint forge already exists",
            () => Database.UseAsync((ForgeInstanceStore store) => store.CreateAsync(Instance, default)));
        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            "failed to delete gitea endpoint: error deleting gitea endpoint: cannot delete endpoint with associated entities",
            () => Database.UseAsync((GiteaEndpointStore store) => store.DeleteAsync("forge", default)));
        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            "error failed to delete gitea credentials: error deleting gitea credentials: cannot delete credentials with forge instances",
            () => Database.UseAsync((GiteaCredentialsStore store) => store.DeleteAsync(made.CredentialsId, default)));
        Assert.DoesNotContain(EntityDatabase.Secret, _entities.Commits.AllText);
    }

    [SkippableFact]
    public async Task ForgeInstance_ShouldHavePools_WithGiteasTemplate()
    {
        var made = await Database.UseAsync((ForgeInstanceStore store) => store.CreateAsync(Instance, default));
        var pool = await Database.UseAsync((PoolStore store) => store.CreateAsync(
            EntityKind.ForgeInstance, made.Id!, EntityDatabase.NewPool, default));

        Assert.Equal((made.Id, "gitea_linux", "forge"), (pool.ForgeInstanceId, pool.TemplateName, pool.Endpoint.Name));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"forge instance has pools defined ({pool.Id})",
            () => Database.UseAsync((ForgeInstanceStore store) => store.DeleteAsync(made.Id!, default)));
        await Refusal.OfAsync(
            RefusalKind.NotFound,
            "failed to get forge instance: error failed to get entity from db: error fetching forge instance: not found",
            () => Database.UseAsync((PoolStore store) => store.CreateAsync(
                EntityKind.ForgeInstance, EntityDatabase.UnknownId, EntityDatabase.NewPool, default)));
    }

    [SkippableFact]
    public async Task Endpoint_ShouldKeepItsUrls_WhileThereAreCredentials()
    {
        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            "failed to update gitea endpoint: error updating gitea endpoint: cannot update endpoint URLs with existing credentials",
            () => UpdateAsync(new() { BaseUrl = "https://elsewhere.example.com" }));
        await UpdateAsync(new() { BaseUrl = "https://forge.example.com", ToolsMetadataUrl = "https://tools.example.com" });
        await UpdateAsync(new() { ToolsMetadataUrl = "" });

        Assert.Equal(["github_endpoint update"], _entities.Commits.Kinds);
        Assert.Equal(
            "https://tools.example.com",
            await Database.ReadAsync(db => db.Endpoints.Where(x => x.Name == "forge").Select(x => x.ToolsMetadataUrl).SingleAsync()));

        Task UpdateAsync(UpdateGiteaEndpointRequest request) =>
            Database.UseAsync((GiteaEndpointStore store) => store.UpdateAsync("Forge", request, default));
    }

    private static CreateForgeInstanceRequest Instance { get; } = new()
    {
        EndpointName = "forge",
        CredentialsName = "gitea-creds",
        WebhookSecret = EntityDatabase.Secret,
        ForgeType = "gitea",
    };

    private async Task<long> CredentialsAsync(string name) => (await Database.UseAsync((GiteaCredentialsStore store) => store.CreateAsync(
        new() { Name = name, Endpoint = "forge", AuthType = "pat", Pat = new GithubPat { Oauth2Token = Token } }, default))).Id;
}
