using Garm.Contracts.Requests;
using Garm.Data.Entities;
using Garm.Data.Stores;
using Garm.Data.Tests.ChangeLog;
using Garm.Data.Tests.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>
/// What was found before a transaction holds at its commit too, or the write is refused: also when another node writes
/// between the two.
/// </summary>
public abstract class CrossRowSpecBase : IAsyncLifetime
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private readonly TestDatabase _database;
    private HeldEngine? _held;
    private HeldEngine? _otherHeld;
    private ServiceProvider? _other;

    protected CrossRowSpecBase(TestEngine engine) =>
        _database = new TestDatabase(engine, inner => _held = new HeldEngine(inner));

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _otherHeld = new HeldEngine(_database.Where.NewEngine());
        _other = TestDatabase.BuildServices(_otherHeld, new RecordedCommits());
    }

    public async Task DisposeAsync()
    {
        if (_other is not null) await _other.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SkippableFact]
    public async Task OfTwoAdministratorsThatAreDisabledAtOnce_OneStays()
    {
        var (one, two) = (await AdminAsync("one"), await AdminAsync("two"));
        MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<UserStore>(x => x.UpdateAsync(one, new UpdateUserRequest { Enabled = false }, default))),
            OutcomeAsync(() => OnOtherAsync<UserStore>(x => x.UpdateAsync(two, new UpdateUserRequest { Enabled = false }, default))));

        Assert.Equal(["done", "this is the last enabled administrator: enable or create another one first"], outcomes.Order());
        Assert.Equal(1, await _database.ReadAsync(db => db.Users.CountAsync(x => x.IsAdmin && x.Enabled)));
    }

    [SkippableFact]
    public async Task OfTwoAdministratorsOfWhomOneIsDeletedAndOneDemoted_OneStays()
    {
        var (one, two) = (await AdminAsync("one"), await AdminAsync("two"));
        MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<UserStore>(x => x.DeleteAsync(one, default))),
            OutcomeAsync(() => OnOtherAsync<UserStore>(x => x.UpdateAsync(two, new UpdateUserRequest { IsAdmin = false }, default))));

        Assert.Single(outcomes, "done");
        Assert.Equal(1, await _database.ReadAsync(db => db.Users.CountAsync(x => x.IsAdmin && x.Enabled)));
    }

    [SkippableFact]
    public async Task OfTwoFirstRuns_OneMakesTheAdministrator()
    {
        MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<UserStore>(x => x.FirstRunAsync(NewUser("one"), default))),
            OutcomeAsync(() => OnOtherAsync<UserStore>(x => x.FirstRunAsync(NewUser("two"), default))));

        Assert.Equal(["already initialized", "done"], outcomes.Order());
        Assert.Equal(1, await _database.ReadAsync(db => db.Users.CountAsync()));
    }

    [SkippableFact]
    public async Task APoolWithOnePlace_GetsOneRunner_WhenTwoNodesMakeOne()
    {
        var pool = SampleEntities.Pool();
        pool.MaxRunners = 1;
        await _database.SaveAsync(db => db.Add(pool));
        MeetBeforeWriting();

        var outcomes = await Task.WhenAll(
            OutcomeAsync(() => _database.UseAsync<InstanceStore>(x => x.CreateInPoolAsync($"{pool.Id:D}", new() { Name = "one" }, default))),
            OutcomeAsync(() => OnOtherAsync<InstanceStore>(x => x.CreateInPoolAsync($"{pool.Id:D}", new() { Name = "two" }, default))));

        Assert.Equal(["done", $"error creating instance: max runners reached for pool {pool.Id:D}"], outcomes.Order());
        Assert.Equal(1, await _database.ReadAsync(db => db.Instances.CountAsync()));
    }

    [SkippableFact]
    public async Task AnEndpointsUrls_Stay_WhenCredentialsComeMeanwhile()
    {
        await _database.SaveAsync(db => db.Add(NewEndpoint()));
        _held!.BeforeTransaction(() => OnOtherAsync(db => db.Add(
            new GithubCredentials { Name = "new", EndpointId = db.Endpoints.Single(x => x.Name == "forge").Id })));

        Assert.Contains("cannot update endpoint URLs with existing credentials", await OutcomeAsync(() =>
            _database.UseAsync<GithubEndpointStore>(x => x.UpdateAsync("forge", new() { ApiBaseUrl = "https://other.example.com" }, default))));
        Assert.Equal("https://forge.example.com", (await EndpointAsync("forge"))!.ApiBaseUrl);
    }

    [SkippableFact]
    public async Task WhatSomethingCameToUseMeanwhile_IsNotDeleted_AndTheRefusalSaysWhy()
    {
        await _database.SaveAsync(db => db.Add(NewEndpoint()));
        _held!.BeforeTransaction(() => OnOtherAsync(db => db.Add(
            new GithubCredentials { Name = "new", EndpointId = db.Endpoints.Single(x => x.Name == "forge").Id })));

        Assert.Contains("cannot delete endpoint with associated entities", await OutcomeAsync(() =>
            _database.UseAsync<GithubEndpointStore>(x => x.DeleteAsync("forge", default))));
        Assert.NotNull(await EndpointAsync("forge"));
    }

    [SkippableFact]
    public async Task WhatIsDeletedMeanwhile_CannotBeUsed_AndTheRefusalSaysWhy()
    {
        await _database.SaveAsync(db => db.Add(NewEndpoint()));
        _held!.BeforeTransaction(() => OnOtherAsync(db => db.Remove(db.Endpoints.Single(x => x.Name == "forge"))));

        Assert.Contains("endpoint", await OutcomeAsync(() => _database.UseAsync<GithubCredentialsStore>(x => x.CreateAsync(
            new() { Name = "new", Endpoint = "forge", AuthType = "pat", Pat = new() { Oauth2Token = "t" } }, default))));
        Assert.Empty(await _database.ReadAsync(db => db.Credentials.ToListAsync()));
    }

    [SkippableFact]
    public async Task AUnitOfWorkThatWasRefused_LeavesTheNextNoRule()
    {
        var admin = await AdminAsync("admin");

        Assert.Equal("refused", await OutcomeAsync(() => _database.UseAsync<UnitOfWork>(work => work.WriteAsync(
            db =>
            {
                db.AtCommit(() => throw GarmException.Conflict("a rule of before"));
                throw GarmException.Conflict("refused");
            },
            default))));
        Assert.Equal("done", await OutcomeAsync(() =>
            _database.UseAsync<UserStore>(x => x.UpdateAsync(admin, new UpdateUserRequest { FullName = "Another" }, default))));
    }

    /// <summary>Both nodes have read and checked everything before either writes.</summary>
    private void MeetBeforeWriting()
    {
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        _held!.BeforeTransaction(() => Meet(one, two));
        _otherHeld!.BeforeTransaction(() => Meet(two, one));

        static Task Meet(TaskCompletionSource own, TaskCompletionSource others)
        {
            own.SetResult();
            return others.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private async Task<Guid> AdminAsync(string name)
    {
        var id = Guid.NewGuid();
        await _database.SaveAsync(db => db.Add(
            new User { Id = id, Username = name, Email = $"{name}@example.com", Enabled = true, IsAdmin = true }));
        return id;
    }

    private async Task OnOtherAsync<TStore>(Func<TStore, Task> use)
        where TStore : notnull
    {
        await using var scope = _other!.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    private async Task OnOtherAsync(Action<GarmDbContext> change)
    {
        await using var db = await _other!.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        change(db);
        await db.SaveChangesAsync();
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

    private static async Task<string> OutcomeAsync(Func<Task> write)
    {
        try
        {
            await write();
            return "done";
        }
        catch (GarmException e)
        {
            return e.Message;
        }
    }
}
