using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Engines;
using Garm.Data.Entities;
using Garm.Data.Jobs;
using Garm.Data.Model;
using Garm.Data.Owners;
using Garm.Data.Pools;
using Garm.Data.Tests.Engines;
using Xunit;

namespace Garm.Data.Tests.Support;

/// <summary>A database with credentials, and short methods for tests of entities and pools.</summary>
public sealed class EntityDatabase(TestEngine? engine = null, Func<DatabaseEngine, DatabaseEngine>? wrap = null) : IAsyncLifetime
{
    public const string MainCredentials = "creds";
    public const string OtherCredentials = "other-creds";

    /// <summary>Credentials of another endpoint.</summary>
    public const string ForeignCredentials = "foreign-creds";

    /// <summary>Occurs in no payload.</summary>
    public const string Secret = "webhook-secret-never-seen";

    public const string UnknownId = "99999999-9999-9999-9999-999999999999";

    private readonly TestDatabase _database = new(engine, wrap);

    public static CreateRepositoryRequest NewRepository { get; } = new()
    {
        Owner = "acme",
        Name = "site",
        CredentialsName = MainCredentials,
        WebhookSecret = Secret,
    };

    public static CreatePoolRequest NewPool { get; } = new()
    {
        ProviderName = "fake",
        MaxRunners = 5,
        MinIdleRunners = 0,
        Image = "ubuntu:24.04",
        Flavor = "small",
        OsType = "linux",
        OsArch = "amd64",
        Tags = ["self-hosted", "linux"],
        RunnerBootstrapTimeout = 20,
    };

    public TestDatabase Database => _database;

    public RecordedCommits Commits => _database.Commits;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.SaveAsync(db =>
        {
            var github = db.Endpoints.Single(x => x.Name == "github.com");
            var foreign = new ForgeEndpoint { Name = "foreign", ApiBaseUrl = "https://foreign.example.com" };
            db.AddRange(
                new GithubCredentials { Name = MainCredentials, Endpoint = github },
                new GithubCredentials { Name = OtherCredentials, Endpoint = github },
                new GithubCredentials { Name = ForeignCredentials, Endpoint = foreign });
        });
        Commits.Clear();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    public Task<RepositoryView> CreateAsync(CreateRepositoryRequest request) =>
        _database.UseAsync((RepositoryStore store) => store.CreateAsync(request, default));

    public Task<RepositoryView> UpdateAsync(string id, UpdateEntityRequest request) =>
        _database.UseAsync((RepositoryStore store) => store.UpdateAsync(id, request, default));

    public Task<RepositoryView> GetAsync(string id) =>
        _database.UseAsync((RepositoryStore store) => store.GetAsync(id, default));

    public Task DeleteAsync(string id) => _database.UseAsync((RepositoryStore store) => store.DeleteAsync(id, default));

    /// <summary>All jobs, as the API lists them.</summary>
    public Task<IReadOnlyList<JobView>> JobsAsync() => Database.UseAsync<JobStore, IReadOnlyList<JobView>>(
        async store => (await store.ListAsync(new(), default).ToListAsync()).SelectMany(x => x).ToList());

    public async Task<string> RepositoryIdAsync() => (await CreateAsync(NewRepository)).Id!;

    public Task<PoolView> CreatePoolAsync(string repositoryId, CreatePoolRequest request) => _database.UseAsync(
        (PoolStore store) => store.CreateAsync(EntityKind.Repository, repositoryId, request, default));

    public Task<PoolView> UpdatePoolAsync(string poolId, UpdatePoolRequest request) =>
        _database.UseAsync((PoolStore store) => store.UpdateAsync(poolId, request, default));

    public Task<PoolView> GetPoolAsync(string poolId) =>
        _database.UseAsync((PoolStore store) => store.GetAsync(poolId, default));

    public Task DeletePoolAsync(string poolId) =>
        _database.UseAsync((PoolStore store) => store.DeleteAsync(poolId, default));

    /// <summary>A repository's pool, without the events of its creation.</summary>
    public async Task<PoolView> PoolAsync()
    {
        var pool = await CreatePoolAsync(await RepositoryIdAsync(), NewPool);
        Commits.Clear();
        return pool;
    }
}
