using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Xunit;

namespace Garm.Data.Tests.Endpoints;

public abstract class GithubEndpointStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const string CreateFailed = "failed to create github endpoint: error creating github endpoint";
    private const string UpdateFailed = "failed to update github endpoint: error updating github endpoint";
    private const string CreateInvalid = "error failed to validate github endpoint params";

    private static readonly CreateGithubEndpointRequest Ghes = new()
    {
        Name = "Ghes",
        Description = "ours",
        ApiBaseUrl = "https://ghes.example.com/api/v3",
        UploadBaseUrl = "https://ghes.example.com/api/uploads",
        BaseUrl = "https://ghes.example.com",
    };

    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task List_ShouldShowSeededEndpoint_WhenDatabaseIsNew() =>
        Assert.Equal(["github.com"], (await ListAsync()).Select(x => x.Name));

    [SkippableFact]
    public async Task Create_ShouldTellOfIt_WithTheAnswerAsPayload()
    {
        var created = await CreateAsync(Ghes);

        Assert.Equal(["github_endpoint create"], _database.Commits.Kinds);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal("Ghes", payload.GetProperty("name").GetString());
        Assert.Equal("github", payload.GetProperty("endpoint_type").GetString());
        Assert.Equal(created.CreatedAt, payload.GetProperty("created_at").GetDateTime());
        Assert.Equal(created, await GetAsync("gHES"));
    }

    [SkippableFact]
    public async Task Create_ShouldBeRefused_WhenNameIsTakenInAnotherCase()
    {
        await CreateAsync(Ghes);
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.Conflict, $"{CreateFailed}: error github endpoint already exists: duplicate",
            () => CreateAsync(Ghes with { Name = "GHES" }));
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableTheory]
    [InlineData(null, "u", "b", "n", "missing api_base_url")]
    [InlineData("nope", "u", "b", "n", "invalid api_base_url")]
    [InlineData("ftp://a", "u", "b", "n", "invalid api_base_url")]
    [InlineData("https://a", "", "b", "n", "missing upload_base_url")]
    [InlineData("https://a", "mailto:u", "b", "n", "invalid upload_base_url")]
    [InlineData("https://a", "1x:u", "b", "n", "invalid upload_base_url")]
    [InlineData("https://a", "ftp://u", "b", "n", "invalid api_base_url")]
    [InlineData("https://a", "u", null, "n", "missing base_url")]
    [InlineData("https://a", "u", "//x@", "n", "invalid base_url")]
    [InlineData("https://a", "u", "ws://b", "n", "invalid api_base_url")]
    [InlineData("https://a", "u", "//b", null, "missing name")]
    [InlineData("https://a", "u", "//b", "a/b", "invalid name")]
    [InlineData("https://a", "u", "//b", "..", "invalid name")]
    public async Task Create_ShouldBeRefused_WhenSomethingIsWrong(
        string? api, string? upload, string? url, string? name, string reason) =>
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{CreateInvalid}: {reason}",
            () => CreateAsync(new() { ApiBaseUrl = api, UploadBaseUrl = upload, BaseUrl = url, Name = name }));

    [SkippableFact]
    public async Task Create_ShouldKeepRelativeUrlsAsGiven()
    {
        var created = await CreateAsync(Ghes with { UploadBaseUrl = "uploads", BaseUrl = "//host" });

        Assert.Equal(("uploads", "//host"), (created.UploadBaseUrl, created.BaseUrl));
    }

    [SkippableFact]
    public async Task Create_ShouldDropCaBundle_WhenThereIsNoCertificateInIt() =>
        Assert.Null((await CreateAsync(Ghes with { CaCertBundle = "not a cert"u8.ToArray() })).CaCertBundle);

    [SkippableFact]
    public async Task Update_ShouldTellOfIt_OnlyWhenSomethingDiffers()
    {
        var bundle = TestKeys.CertificatePem();
        await CreateAsync(Ghes with { CaCertBundle = bundle });
        _database.Commits.Clear();

        await UpdateAsync("ghes", new());
        await UpdateAsync("ghes", new() { Description = Ghes.Description, BaseUrl = Ghes.BaseUrl, CaCertBundle = [.. bundle] });
        Assert.Empty(_database.Commits.Changes);

        var updated = await UpdateAsync("ghes", new() { Description = "", BaseUrl = "https://other.example.com" });
        Assert.Equal(["github_endpoint update"], _database.Commits.Kinds);
        Assert.Equal((null, "https://other.example.com"), (updated.Description, updated.BaseUrl));
        Assert.Equal(bundle, updated.CaCertBundle);
        Assert.True(updated.UpdatedAt > updated.CreatedAt);
    }

    [SkippableTheory]
    [InlineData("nope", "invalid base_url")]
    [InlineData("", "invalid base_url")]
    [InlineData("ftp://b", "invalid api_base_url")]
    public async Task Update_ShouldBeRefused_WhenUrlIsNotAbsolute(string url, string reason) =>
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"failed to validate github endpoint params: {reason}",
            () => UpdateAsync("github.com", new() { BaseUrl = url }));

    [SkippableFact]
    public async Task Update_ShouldKeepUrls_WhileThereAreCredentials()
    {
        await CreateAsync(Ghes);
        await AddCredentialsAsync("ghes");

        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            $"{UpdateFailed}: cannot update endpoint URLs with existing credentials: invalid request",
            () => UpdateAsync("ghes", new() { UploadBaseUrl = "https://other.example.com" }));
        Assert.Equal("edited", (await UpdateAsync("ghes", new() { Description = "edited", BaseUrl = Ghes.BaseUrl })).Description);
    }

    [SkippableFact]
    public async Task Unknown_ShouldBeRefused_ExceptByDelete()
    {
        await Refusal.OfAsync(
            RefusalKind.NotFound, "failed to get github endpoint: github endpoint not found: not found",
            () => GetAsync("nope"));
        await Refusal.OfAsync(
            RefusalKind.NotFound, $"{UpdateFailed}: error github endpoint not found: not found",
            () => UpdateAsync("nope", new()));
        await DeleteAsync("nope");
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task OtherForges_ShouldBeInvisible_ExceptThatTheirNamesAreTaken()
    {
        await _database.SaveAsync(db => db.Endpoints.Add(new ForgeEndpoint { Name = "tea", EndpointType = ForgeTypes.Gitea }));

        await DeleteAsync("tea");
        Assert.DoesNotContain(await ListAsync(), x => x.Name == "tea");
        await Assert.ThrowsAsync<GarmException>(() => GetAsync("tea"));
        await Assert.ThrowsAsync<GarmException>(() => CreateAsync(Ghes with { Name = "Tea" }));
    }

    [SkippableFact]
    public async Task Delete_ShouldTellOnlyTheName()
    {
        await CreateAsync(Ghes);
        _database.Commits.Clear();

        await DeleteAsync("GHES");

        Assert.Equal(["github_endpoint delete"], _database.Commits.Kinds);
        Assert.Equal(
            """{"name":"Ghes","created_at":"0001-01-01T00:00:00Z","updated_at":"0001-01-01T00:00:00Z"}""",
            _database.Commits.AllText);
    }

    [SkippableFact]
    public async Task Delete_ShouldBeRefused_WhileThereAreCredentials()
    {
        await CreateAsync(Ghes);
        await AddCredentialsAsync("ghes");
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            "failed to delete github endpoint: error deleting github endpoint: "
            + "cannot delete endpoint with associated entities: invalid request",
            () => DeleteAsync("ghes"));
        Assert.Empty(_database.Commits.Changes);
    }

    private Task AddCredentialsAsync(string endpoint) => _database.UseAsync((GithubCredentialsStore store) => store.CreateAsync(
        new() { Name = "c", Endpoint = endpoint, AuthType = AuthTypes.Pat, Pat = new() { Oauth2Token = "t" } }, default));

    private Task<IReadOnlyList<EndpointView>> ListAsync() =>
        _database.UseAsync((GithubEndpointStore store) => store.ListAsync(default));

    private Task<EndpointView> GetAsync(string name) =>
        _database.UseAsync((GithubEndpointStore store) => store.GetAsync(name, default));

    private Task<EndpointView> CreateAsync(CreateGithubEndpointRequest request) =>
        _database.UseAsync((GithubEndpointStore store) => store.CreateAsync(request, default));

    private Task<EndpointView> UpdateAsync(string name, UpdateGithubEndpointRequest request) =>
        _database.UseAsync((GithubEndpointStore store) => store.UpdateAsync(name, request, default));

    private Task DeleteAsync(string name) =>
        _database.UseAsync((GithubEndpointStore store) => store.DeleteAsync(name, default));
}
