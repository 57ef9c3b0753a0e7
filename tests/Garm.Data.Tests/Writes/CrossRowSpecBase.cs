using Garm.Contracts.Requests;
using Garm.Data.Credentials;
using Garm.Data.Endpoints;
using Garm.Data.Model;
using Garm.Data.Pools;
using Garm.Data.Runners;
using Garm.Data.ScaleSets;
using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Users;
using Garm.Data.Writes;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Garm.Data.Tests.Writes.TwoNodes;

namespace Garm.Data.Tests.Writes;

/// <summary>
/// What a write checked before its transaction also holds at its commit, or the write is refused, even when another node writes
/// in between.
/// </summary>
public abstract class CrossRowSpecBase : IAsyncLifetime
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private readonly TwoNodes _nodes;
    private readonly TestDatabase _database;

    protected CrossRowSpecBase(TestEngine engine) => _database = (_nodes = new TwoNodes(engine)).One;

    public Task InitializeAsync() => _nodes.InitializeAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync();

    [SkippableFact]
    public async Task OfTwoAdministratorsThatAreDisabledAtOnce_OneStays()
    {
        var (one, two) = (await AdminAsync("one"), await AdminAsync("two"));
        _nodes.MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<UserStore>(x => x.UpdateAsync(one, new UpdateUserRequest { Enabled = false }, default))),
            OutcomeAsync(() => _nodes.OnOtherAsync<UserStore>(x => x.UpdateAsync(two, new UpdateUserRequest { Enabled = false }, default))));

        Assert.Equal(["done", "this is the last enabled administrator: enable or create another one first"], outcomes.Order());
        Assert.Equal(1, await _database.ReadAsync(db => db.Users.CountAsync(x => x.IsAdmin && x.Enabled)));
    }

    [SkippableFact]
    public async Task OfTwoAdministratorsOfWhomOneIsDeletedAndOneDemoted_OneStays()
    {
        var (one, two) = (await AdminAsync("one"), await AdminAsync("two"));
        _nodes.MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<UserStore>(x => x.DeleteAsync(one, default))),
            OutcomeAsync(() => _nodes.OnOtherAsync<UserStore>(x => x.UpdateAsync(two, new UpdateUserRequest { IsAdmin = false }, default))));

        Assert.Single(outcomes, "done");
        Assert.Equal(1, await _database.ReadAsync(db => db.Users.CountAsync(x => x.IsAdmin && x.Enabled)));
    }

    [SkippableFact]
    public async Task OfTwoFirstRuns_OneMakesTheAdministrator()
    {
        _nodes.MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<UserStore>(x => x.FirstRunAsync(NewUser("one"), default))),
            OutcomeAsync(() => _nodes.OnOtherAsync<UserStore>(x => x.FirstRunAsync(NewUser("two"), default))));

        Assert.Equal(["already initialized", "done"], outcomes.Order());
        Assert.Equal(1, await _database.ReadAsync(db => db.Users.CountAsync()));
    }

    [SkippableFact]
    public async Task APoolWithOnePlace_GetsOneRunner_WhenTwoNodesMakeOne()
    {
        var pool = SampleEntities.Pool();
        pool.MaxRunners = 1;
        await _database.SaveAsync(db => db.Add(pool));
        _nodes.MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<InstanceStore>(x => x.CreateInPoolAsync($"{pool.Id:D}", new() { Name = "one" }, default))),
            OutcomeAsync(() => _nodes.OnOtherAsync<InstanceStore>(x => x.CreateInPoolAsync($"{pool.Id:D}", new() { Name = "two" }, default))));

        Assert.Equal(["done", $"error creating instance: max runners reached for pool {pool.Id:D}"], outcomes.Order());
        Assert.Equal(1, await _database.ReadAsync(db => db.Instances.CountAsync()));
    }

    [SkippableFact]
    public async Task APoolsLimit_CountsAsItIsAtTheCommit()
    {
        var pool = SampleEntities.Pool();
        (pool.MaxRunners, pool.MinIdleRunners) = (2, 0);
        await _database.SaveAsync(db => db.AddRange(pool, new Instance { Id = Guid.NewGuid(), Name = "there", Pool = pool }));
        _nodes.BeforeOneWrites(() => _nodes.OnOtherAsync<PoolStore>(x => x.UpdateAsync($"{pool.Id:D}", new() { MaxRunners = 1 }, default)));

        Assert.Equal($"error creating instance: max runners reached for pool {pool.Id:D}", await OutcomeAsync(() =>
            _database.UseAsync<InstanceStore>(x => x.CreateInPoolAsync($"{pool.Id:D}", new() { Name = "more" }, default))));
        Assert.Equal(1, await _database.ReadAsync(db => db.Instances.CountAsync()));
    }

    [SkippableFact]
    public async Task AScaleSetsLimit_CountsAsItIsAtTheCommit()
    {
        var set = new ScaleSet { Name = "s", MaxRunners = 2, Repository = SampleEntities.Repository() };
        await _database.SaveAsync(db => db.AddRange(set, new Instance { Id = Guid.NewGuid(), Name = "there", ScaleSet = set }));
        _nodes.BeforeOneWrites(() => _nodes.OnOtherAsync<ScaleSetStore>(x => x.UpdateAsync(set.Id, new() { MaxRunners = 1 }, default)));

        Assert.Equal($"error creating instance: max runners reached for scale set {set.Id}", await OutcomeAsync(() =>
            _database.UseAsync<InstanceStore>(x => x.CreateInScaleSetAsync(set.Id, new() { Name = "more" }, default))));
        Assert.Equal(1, await _database.ReadAsync(db => db.Instances.CountAsync()));
    }

    [SkippableFact]
    public async Task APoolThatGoes_WhileARunnerIsMadeForIt_IsNamed()
    {
        var pool = SampleEntities.Pool();
        pool.MaxRunners = 2;
        await _database.SaveAsync(db => db.Add(pool));
        _nodes.BeforeOneWrites(() => _nodes.OnOtherAsync<PoolStore>(x => x.DeleteAsync($"{pool.Id:D}", default)));

        Assert.Equal("error creating instance: error fetching pool: not found", await OutcomeAsync(() =>
            _database.UseAsync<InstanceStore>(x => x.CreateInPoolAsync($"{pool.Id:D}", new() { Name = "more" }, default))));
    }

    [SkippableFact]
    public async Task OfTwoScaleSetsOfAnEntity_ThatAreGivenANumberAtOnce_OneGetsIt()
    {
        var repository = SampleEntities.Repository();
        var (one, two) = (new ScaleSet { Name = "one", Repository = repository }, new ScaleSet { Name = "two", Repository = repository });
        await _database.SaveAsync(db => db.AddRange(one, two));
        _nodes.MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<ScaleSetStore>(x => x.UpdateAsync(one.Id, new() { ScaleSetId = 17 }, default))),
            OutcomeAsync(() => _nodes.OnOtherAsync<ScaleSetStore>(x => x.UpdateAsync(two.Id, new() { ScaleSetId = 17 }, default))));

        Assert.Single(outcomes, "done");
        Assert.Single(outcomes, x => x.EndsWith("of the same entity has scale_set_id 17", StringComparison.Ordinal));
        Assert.Equal(1, await _database.ReadAsync(db => db.ScaleSets.CountAsync(x => x.ScaleSetId == 17)));
    }

    [SkippableFact]
    public async Task AnEndpointsUrls_Stay_WhenCredentialsComeMeanwhile()
    {
        await _database.SaveAsync(db => db.Add(NewEndpoint()));
        _nodes.BeforeOneWrites(() => _nodes.OnOtherAsync(db => db.Add(
            new GithubCredentials { Name = "new", EndpointId = db.Endpoints.Single(x => x.Name == "forge").Id })));

        Assert.Contains("cannot update endpoint URLs with existing credentials", await OutcomeAsync(() =>
            _database.UseAsync<GithubEndpointStore>(x => x.UpdateAsync("forge", new() { ApiBaseUrl = "https://other.example.com" }, default))));
        Assert.Equal("https://forge.example.com", (await EndpointAsync("forge"))!.ApiBaseUrl);
    }

    [SkippableFact]
    public async Task WhatSomethingCameToUseMeanwhile_IsNotDeleted_AndTheRefusalSaysWhy()
    {
        await _database.SaveAsync(db => db.Add(NewEndpoint()));
        _nodes.BeforeOneWrites(() => _nodes.OnOtherAsync(db => db.Add(
            new GithubCredentials { Name = "new", EndpointId = db.Endpoints.Single(x => x.Name == "forge").Id })));

        Assert.Contains("cannot delete endpoint with associated entities", await OutcomeAsync(() =>
            _database.UseAsync<GithubEndpointStore>(x => x.DeleteAsync("forge", default))));
        Assert.NotNull(await EndpointAsync("forge"));
    }

    [SkippableFact]
    public async Task WhatIsDeletedMeanwhile_CannotBeUsed_AndTheRefusalSaysWhy()
    {
        await _database.SaveAsync(db => db.Add(NewEndpoint()));
        _nodes.BeforeOneWrites(() => _nodes.OnOtherAsync(db => db.Remove(db.Endpoints.Single(x => x.Name == "forge"))));

        Assert.Contains("endpoint", await OutcomeAsync(() => _database.UseAsync<GithubCredentialsStore>(x => x.CreateAsync(
            new() { Name = "new", Endpoint = "forge", AuthType = "pat", Pat = new() { Oauth2Token = "t" } }, default))));
        Assert.Empty(await _database.ReadAsync(db => db.Credentials.ToListAsync()));
    }

    [SkippableFact]
    public async Task AUnitOfWorkThatWasRefused_LeavesTheNextNoRule()
    {
        var admin = await AdminAsync("admin");

        Assert.Equal("refused", await OutcomeAsync(() => _database.UseAsync<UnitOfWork>(work => work.WriteAsync(
            (_, rules) =>
            {
                rules.Add(() => throw GarmException.Conflict("a rule of before"));
                throw GarmException.Conflict("refused");
            },
            default))));
        Assert.Equal("done", await OutcomeAsync(() =>
            _database.UseAsync<UserStore>(x => x.UpdateAsync(admin, new UpdateUserRequest { FullName = "Another" }, default))));
    }

    private async Task<Guid> AdminAsync(string name)
    {
        var id = Guid.NewGuid();
        await _database.SaveAsync(db => db.Add(
            new User { Id = id, Username = name, Email = $"{name}@example.com", Enabled = true, IsAdmin = true }));
        return id;
    }

    private Task<ForgeEndpoint?> EndpointAsync(string name) =>
        _database.ReadAsync(db => db.Endpoints.SingleOrDefaultAsync(x => x.Name == name));

    private static ForgeEndpoint NewEndpoint() => new()
    {
        Name = "forge",
        ApiBaseUrl = "https://forge.example.com",
        UploadBaseUrl = "https://forge.example.com",
        BaseUrl = "https://forge.example.com",
    };

    private static CreateUserRequest NewUser(string name) =>
        new() { Username = name, Email = $"{name}@example.com", FullName = name, Password = Password };
}
