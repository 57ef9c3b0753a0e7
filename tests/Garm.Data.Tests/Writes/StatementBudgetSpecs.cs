using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Endpoints;
using Garm.Data.Entities;
using Garm.Data.Model;
using Garm.Data.Pools;
using Garm.Data.Proxies;
using Garm.Data.Runners;
using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Support;
using Garm.Data.Users;
using Garm.Log.Sources;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>
/// The statements that EF Core makes, counted. Of an update: its reads, each once, and its changes. The log takes two more: the read
/// of the entity's former state, and the append. Unlike times, the number is the same on every machine.
/// </summary>
public sealed class StatementBudgetSpecs : IAsyncLifetime
{
    private readonly TestDatabase _database;
    private HeldEngine? _engine;

    public StatementBudgetSpecs() => _database = new TestDatabase(null, inner => _engine = new HeldEngine(inner));

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AnEndpoint_IsReadAndWritten() => await TakesAsync<GithubEndpointStore>(
        2, x => x.UpdateAsync("github.com", new UpdateGithubEndpointRequest { Description = "changed" }, default));

    [Fact]
    public async Task AProxy_IsReadAndWritten_AndItsNewNameIsLookedFor()
    {
        var proxy = new Proxy { Name = "p", HttpProxy = "http://p.example.com" };
        await _database.SaveAsync(db => db.Add(proxy));

        await TakesAsync<ProxyStore>(2, x => x.UpdateAsync(proxy.Id, new UpdateProxyRequest { Description = "changed" }, default));
        await TakesAsync<ProxyStore>(3, x => x.UpdateAsync(proxy.Id, new UpdateProxyRequest { Name = "q" }, default));
    }

    [Fact]
    public async Task AUser_IsReadAndWritten()
    {
        var id = Guid.NewGuid();
        await _database.SaveAsync(db => db.Add(new User { Id = id, Username = "u", Email = "u@example.com" }));

        await TakesAsync<UserStore>(2, x => x.UpdateAsync(id, new UpdateUserRequest { FullName = "changed" }, default));
    }

    /// <summary>The tags and the runners are separate lists, each read once.</summary>
    [Fact]
    public async Task APool_IsReadWithItsLists_AndWritten()
    {
        var pool = SampleEntities.Pool();
        await _database.SaveAsync(db => db.Add(pool));

        await TakesAsync<PoolStore>(4, x => x.UpdateAsync($"{pool.Id:D}", new UpdatePoolRequest { MaxRunners = 9 }, default));
    }

    [Fact]
    public async Task ARepository_IsReadAndWritten()
    {
        var repository = new Repository
        {
            Id = Guid.NewGuid(),
            Owner = "o",
            Name = "r",
            Credentials = new GithubCredentials { Name = "c", EndpointId = 1 },
            EndpointId = 1,
        };
        await _database.SaveAsync(db => db.Add(repository));

        await TakesAsync<RepositoryStore>(2, x => x.UpdateAsync($"{repository.Id:D}", new UpdateEntityRequest { AgentMode = true }, default));
    }

    /// <summary>Its addresses and messages are separate lists.</summary>
    [Fact]
    public async Task ARunner_IsReadWithItsLists_AndWritten()
    {
        var instance = SampleEntities.Instance();
        await _database.SaveAsync(db => db.Add(instance));

        await TakesAsync<InstanceStore>(4, x => x.UpdateAsync(instance.Name, new UpdateInstanceRequest { OsName = "changed" }, default));
    }

    /// <summary>Every node reads the sources once a second; whole ones are a query of three tables, which is costly to prepare at a start.</summary>
    [Fact]
    public async Task TheSourcesOfAHubWithoutOne_AreOneQueryOfOneTable()
    {
        _engine!.Statements.Clear();

        Assert.Empty(await _database.UseAsync((ISourceRegistry x) => x.ReadAsync(default)));

        Assert.DoesNotContain("source_hosts", Assert.Single(_engine.Statements), StringComparison.Ordinal);
    }

    private async Task TakesAsync<TStore>(int statements, Func<TStore, Task> update)
        where TStore : notnull
    {
        _engine!.Statements.Clear();
        _database.Commits.Clear();

        await _database.UseAsync(update);

        Assert.Equal(ChangeOperationWord, Assert.Single(_database.Commits.Kinds).Split(' ')[1]);
        Assert.True(statements == _engine.Statements.Count, $"{_engine.Statements.Count} statements:\n{string.Join("\n---\n", _engine.Statements)}");
    }

    private const string ChangeOperationWord = "update";
}
