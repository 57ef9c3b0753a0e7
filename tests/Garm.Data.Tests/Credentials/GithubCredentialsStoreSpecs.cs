using System.Text;
using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Model;
using Garm.Data.Secrets;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Credentials;

public abstract class GithubCredentialsStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const string Token = "ghp_must_never_be_seen";
    private const string CreateFailed = "failed to create github credentials: error creating github credentials";
    private const string UpdateFailed = "failed to update github credentials: error updating github credentials";
    private const string Invalid = "failed to validate github credentials params";

    private static readonly CreateGithubCredentialsRequest WithPat = new()
    {
        Name = "Bot",
        Description = "a bot",
        Endpoint = "GitHub.com",
        AuthType = AuthTypes.Pat,
        Pat = new GithubPat { Oauth2Token = Token },
    };

    private static readonly GithubApp App = new() { AppId = 1, InstallationId = 2, PrivateKeyBytes = TestKeys.Pkcs1Pem };

    private static readonly CreateGithubCredentialsRequest WithApp =
        WithPat with { Name = "App", AuthType = AuthTypes.App, Pat = null, App = App };

    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Create_ShouldTellOfIt_WithTheEndpointInIt()
    {
        var created = await CreateAsync(WithPat);

        Assert.Equal(["github_credentials create"], _database.Commits.Kinds);
        var payload = _database.Commits.SinglePayload;
        Assert.Equal(created.Id, payload.GetProperty("id").GetInt64());
        Assert.Equal("pat", payload.GetProperty("auth-type").GetString());
        Assert.Equal("https://api.github.com/", payload.GetProperty("api_base_url").GetString());
        Assert.Equal("github.com", payload.GetProperty("endpoint").GetProperty("name").GetString());
        Assert.Equal(["Bot"], (await ListAsync()).Select(x => x.Name));
    }

    [SkippableFact]
    public async Task Secrets_ShouldBeSealedAndNeverShown()
    {
        var pat = await CreateAsync(WithPat);
        var app = await CreateAsync(WithApp);
        await UpdateAsync(pat.Id, new() { Pat = new GithubPat { Oauth2Token = $"{Token}_2" } });
        await UpdateAsync(app.Id, new() { App = App with { AppId = 3 } });
        await DeleteAsync(pat.Id);

        var key = Convert.ToBase64String(TestKeys.Pkcs1Pem);
        Assert.Equal(5, _database.Commits.Changes.Count);
        Assert.DoesNotContain(Token, _database.Commits.AllText);
        Assert.DoesNotContain(key[..40], _database.Commits.AllText);
        Assert.DoesNotContain(Token, WithPat.ToString());

        var sealedPayload = (await RowAsync(app.Id)).SealedPayload;
        Assert.DoesNotContain(key[..40], Encoding.Latin1.GetString(sealedPayload));
        var opened = JsonSerializer.Deserialize<GithubApp>(
            TestDatabase.Sealer.Open(sealedPayload, SecretPurposes.GithubCredentials))!;
        Assert.Equal((3, 2), (opened.AppId, opened.InstallationId));
        Assert.Equal(TestKeys.Pkcs1Pem, opened.PrivateKeyBytes);
    }

    [SkippableFact]
    public async Task Create_ShouldBeRefused_WhenEndpointIsUnknownOrNameTaken()
    {
        await CreateAsync(WithPat);
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.NotFound, $"{CreateFailed}: github endpoint not found: not found",
            () => CreateAsync(WithPat with { Endpoint = "nope" }));
        await Refusal.OfAsync(
            RefusalKind.Conflict, $"{CreateFailed}: github credentials already exists: duplicate",
            () => CreateAsync(WithPat with { Name = "BOT" }));
        Assert.Empty(_database.Commits.Changes);
    }

    public static TheoryData<CreateGithubCredentialsRequest, string> WrongCreations => new()
    {
        { WithPat with { Name = "" }, "missing name" },
        { WithPat with { Endpoint = null }, "missing endpoint" },
        { WithPat with { AuthType = null }, "invalid auth_type" },
        { WithPat with { AuthType = "PAT" }, "invalid auth_type" },
        { WithPat with { Pat = null }, "missing oauth2_token" },
        { WithPat with { AuthType = AuthTypes.App }, "invalid app: missing app_id" },
        { WithApp with { App = App with { InstallationId = 0 } }, "invalid app: missing installation_id" },
        { WithApp with { App = App with { PrivateKeyBytes = [] } }, "invalid app: missing private_key_bytes" },
        { WithApp with { App = App with { PrivateKeyBytes = [1] } }, "invalid app: invalid private_key_bytes" },
        {
            WithApp with { App = App with { PrivateKeyBytes = TestKeys.Pkcs8Pem } },
            "invalid app: private_key_bytes must be a PKCS#1 PEM (BEGIN RSA PRIVATE KEY)"
        },
        {
            WithApp with { App = App with { PrivateKeyBytes = TestKeys.CertificatePem() } },
            "invalid app: private_key_bytes must be a PKCS#1 PEM (BEGIN RSA PRIVATE KEY)"
        },
    };

    [SkippableTheory, MemberData(nameof(WrongCreations), DisableDiscoveryEnumeration = true)]
    public async Task Create_ShouldBeRefused_WhenSomethingIsWrong(CreateGithubCredentialsRequest request, string reason) =>
        await Refusal.OfAsync(RefusalKind.BadRequest, $"{Invalid}: {reason}", () => CreateAsync(request));

    [SkippableFact]
    public async Task Update_ShouldTellOfIt_OnlyWhenSomethingDiffers()
    {
        var id = (await CreateAsync(WithPat)).Id;
        _database.Commits.Clear();

        await UpdateAsync(id, new());
        await UpdateAsync(id, new() { Name = "Bot", Description = "a bot" });
        Assert.Empty(_database.Commits.Changes);

        Assert.Equal("BOT", (await UpdateAsync(id, new() { Name = "BOT" })).Name);
        Assert.Equal(["github_credentials update"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Update_ShouldTellOfTheSameSecretAgain()
    {
        var id = (await CreateAsync(WithPat)).Id;
        _database.Commits.Clear();

        await UpdateAsync(id, new() { Pat = WithPat.Pat });
        await UpdateAsync(id, new() { Pat = WithPat.Pat });

        Assert.Equal(["github_credentials update", "github_credentials update"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Update_ShouldBeRefused_WhenSecretIsOfTheOtherKind()
    {
        var pat = (await CreateAsync(WithPat)).Id;
        var app = (await CreateAsync(WithApp)).Id;

        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{UpdateFailed}: cannot update app credentials for PAT: invalid request",
            () => UpdateAsync(pat, new() { App = App }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{UpdateFailed}: cannot update PAT credentials for app: invalid request",
            () => UpdateAsync(app, new() { Pat = WithPat.Pat }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{Invalid}: cannot update both PAT and App",
            () => UpdateAsync(app, new() { Pat = WithPat.Pat, App = App }));
        await Refusal.OfAsync(
            RefusalKind.BadRequest, $"{Invalid}: missing name", () => UpdateAsync(app, new() { Name = "" }));
    }

    [SkippableFact]
    public async Task Update_ShouldBeRefusedAsConflict_WhenNewNameIsTaken()
    {
        await CreateAsync(WithPat);
        var id = (await CreateAsync(WithApp)).Id;
        _database.Commits.Clear();

        await Refusal.OfAsync(
            RefusalKind.Conflict, $"{UpdateFailed}: github credentials already exists: duplicate",
            () => UpdateAsync(id, new() { Name = "bot" }));
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task Unknown_ShouldBeRefused_ExceptByDelete()
    {
        const string unknown = "github credentials not found: not found";
        await Refusal.OfAsync(
            RefusalKind.NotFound, $"failed to get github credentials: {unknown}", () => GetAsync(long.MaxValue));
        await Refusal.OfAsync(RefusalKind.NotFound, $"{UpdateFailed}: {unknown}", () => UpdateAsync(7, new()));
        await DeleteAsync(7);
        Assert.Empty(_database.Commits.Changes);
    }

    [SkippableFact]
    public async Task Delete_ShouldTellWhatIdentifiesThem()
    {
        var id = (await CreateAsync(WithPat)).Id;
        _database.Commits.Clear();

        await DeleteAsync(id);

        Assert.Equal(["github_credentials delete"], _database.Commits.Kinds);
        const string never = "\"created_at\":\"0001-01-01T00:00:00Z\",\"updated_at\":\"0001-01-01T00:00:00Z\"";
        Assert.Equal(
            $$"""{"id":{{id}},"name":"Bot","forge_type":"github","endpoint":{{{never}}},{{never}}}""",
            _database.Commits.AllText);
    }

    [SkippableTheory]
    [InlineData("repositories")]
    [InlineData("organizations")]
    [InlineData("enterprises")]
    public async Task InUse_ShouldBeShownByGet_AndRefuseDelete(string users)
    {
        var id = (await CreateAsync(WithPat)).Id;
        await AddUserAsync(users, (await RowAsync(id)).EndpointId, id);
        _database.Commits.Clear();

        var shown = await GetAsync(id);
        Assert.Equal(
            (users == "repositories", users == "organizations", users == "enterprises"),
            (shown.Repositories is [_], shown.Organizations is [_], shown.Enterprises is [_]));
        var edited = await UpdateAsync(id, new() { Description = "used" });
        Assert.Null(edited.Repositories ?? (object?)edited.Organizations ?? edited.Enterprises);
        await Refusal.OfAsync(
            RefusalKind.BadRequest,
            "failed to delete github credentials: error deleting github credentials: "
            + $"cannot delete credentials with {users}: invalid request",
            () => DeleteAsync(id));
        Assert.Equal(["github_credentials update"], _database.Commits.Kinds);
    }

    private Task AddUserAsync(string users, long endpointId, long credentialsId) => _database.SaveAsync(db =>
    {
        RunnerEntity user = users switch
        {
            "repositories" => new Repository { Owner = "o" },
            "organizations" => new Organization(),
            _ => new Enterprise(),
        };
        (user.Id, user.Name, user.EndpointId, user.CredentialsId) = (Guid.NewGuid(), "n", endpointId, credentialsId);
        db.Add(user);
    });

    private Task<GithubCredentials> RowAsync(long id) =>
        _database.ReadAsync(db => db.GithubCredentials.SingleAsync(x => x.Id == id));

    private Task<IReadOnlyList<CredentialsView>> ListAsync() =>
        _database.UseAsync((GithubCredentialsStore store) => store.ListAsync(default));

    private Task<CredentialsView> GetAsync(long id) =>
        _database.UseAsync((GithubCredentialsStore store) => store.GetAsync(id, default));

    private Task<CredentialsView> CreateAsync(CreateGithubCredentialsRequest request) =>
        _database.UseAsync((GithubCredentialsStore store) => store.CreateAsync(request, default));

    private Task<CredentialsView> UpdateAsync(long id, UpdateGithubCredentialsRequest request) =>
        _database.UseAsync((GithubCredentialsStore store) => store.UpdateAsync(id, request, default));

    private Task DeleteAsync(long id) =>
        _database.UseAsync((GithubCredentialsStore store) => store.DeleteAsync(id, default));
}
