using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Events;
using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Users;
using Garm.Log.Users;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Users;

/// <summary>What the users' API does not show: hashes, generations, and what belonged to a user.</summary>
public abstract class UserStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private const string Password = "Corr3ct-Horse-battery-Staple-99!";

    private readonly TestDatabase _database = new(engine);

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.UseAsync<UserStore>(store => store.FirstRunAsync(
            new CreateUserRequest { Username = "admin", Email = "admin@example.com", Password = Password }, default));
        _database.Commits.Clear();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    /// <summary>As in GARM: the name of a later user may have characters that the first one's may not.</summary>
    [SkippableTheory]
    [InlineData("ci-admin")]
    [InlineData("ci_admin")]
    [InlineData("ci.admin")]
    public async Task TheFirstUsersName_HasLettersAndDigitsOnly(string name)
    {
        var request = new CreateUserRequest { Username = name, Email = "a@example.com", Password = "Corr3ct-Horse-battery-Staple-99!" };
        var first = new TestDatabase(engine);
        await first.InitializeAsync();

        await Refusal.OfAsync(
            RefusalKind.BadRequest, "invalid username", () => first.UseAsync((UserStore store) => store.FirstRunAsync(request, default)));
        await first.UseAsync((UserStore store) => store.FirstRunAsync(request with { Username = "ciadmin" }, default));
        await first.DisposeAsync();
    }

    [SkippableFact]
    public async Task TheTemplatesOfADeletedUser_BecomeTheSystems()
    {
        var id = await CreateAsync("author");
        await _database.SaveAsync(db => db.Add(new Template { Name = "mine", Data = [1], OwnerId = id }));
        _database.Commits.Clear();

        await _database.UseAsync<UserStore>(store => store.DeleteAsync(id, default));

        Assert.Equal(["template update", "user delete"], _database.Commits.Kinds.Order());
        Assert.Null((await _database.ReadAsync(db => db.Templates.SingleAsync(x => x.Name == "mine"))).OwnerId);
    }

    /// <summary>A template shows its owner's name.</summary>
    [SkippableFact]
    public async Task TheTemplatesOfARenamedUser_AreToldOf()
    {
        var id = await CreateAsync("author");
        await _database.SaveAsync(db => db.Add(new Template { Name = "mine", Data = [1], OwnerId = id }));
        _database.Commits.Clear();

        await UpdateAsync(id, new UpdateUserRequest { Username = "writer" });

        var told = _database.Commits.Changes.Single(x => x.EntityType == EntityType.Template);
        Assert.Equal("writer", JsonSerializer.Deserialize<TemplateView>(told.Payload.Span)!.OwnerId);
    }

    [SkippableFact]
    public async Task OnlyANewPassword_RaisesTheGeneration()
    {
        var id = await CreateAsync("changed");

        await UpdateAsync(id, new UpdateUserRequest { FullName = "Another Name" });
        Assert.Equal(0, (await FindAsync(id)).Generation);

        await UpdateAsync(id, new UpdateUserRequest { Password = Password });
        Assert.Equal(1, (await FindAsync(id)).Generation);
    }

    [SkippableFact]
    public async Task Access_ShouldBeReadable_OnEveryEngineOfTheProcess()
    {
        var id = Guid.NewGuid();
        await _database.SaveAsync(db => db.Add(
            new Model.User { Id = id, Username = "u", Email = "u@example.com", Enabled = true, Generation = 7 }));

        var access = await _database.UseAsync<IUserAccessReader, UserAccess?>(x => x.ReadAsync(id, default));

        Assert.Equal(new UserAccess(id, true, false, 7) { Username = "u" }, access);
    }

    [SkippableFact]
    public async Task APassword_IsKeptAsBcrypt_AndInNoEvent()
    {
        var id = await CreateAsync("hashed");

        Assert.StartsWith("$2a$10$", (await FindAsync(id)).PasswordHash, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, _database.Commits.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain("$2a$", _database.Commits.AllText, StringComparison.Ordinal);
    }

    private async Task<Guid> CreateAsync(string name)
    {
        var view = await _database.UseAsync<UserStore, UserView>(store => store.CreateAsync(
            new CreateUserRequest { Username = name, Email = $"{name}@example.com", Password = Password }, default));
        return Guid.Parse(view.Id!);
    }

    private Task UpdateAsync(Guid id, UpdateUserRequest request) =>
        _database.UseAsync<UserStore>(store => store.UpdateAsync(id, request, default));

    private Task<User> FindAsync(Guid id) => _database.ReadAsync(db => db.Users.SingleAsync(x => x.Id == id));
}
