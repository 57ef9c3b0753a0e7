using System.Text;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.Templates;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Users;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Templates;

public abstract class TemplateStoreSpecs(TestEngine engine) : IAsyncLifetime
{
    private static readonly CreateTemplateRequest Mine = new()
    {
        Name = "Mine",
        Data = Encoding.UTF8.GetBytes("echo {{ .RunnerName }}"),
        OsType = "linux",
        ForgeType = "github",
    };

    private readonly TestDatabase _database = new(engine);
    private Guid _owner;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        var user = await _database.UseAsync((UserStore users) => users.FirstRunAsync(
            new() { Username = "root", Email = "root@example.com", FullName = "Root", Password = "Corr3ct-Horse-battery-Staple-99!" }, default));
        _owner = Guid.Parse(user.Id!);
        _database.Commits.Clear();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Create_ShouldBelongToItsUser()
    {
        var made = await CreateAsync(Mine);

        Assert.Equal("root", made.OwnerId);
        Assert.Equal("root", _database.Commits.SinglePayload.GetProperty("owner_id").GetString());
    }

    [SkippableFact]
    public async Task Update_ShouldCountWhatItNames_AlsoWhenItIsTheSame()
    {
        var made = await CreateAsync(Mine);
        _database.Commits.Clear();

        await UpdateAsync(made.Id, new());
        await UpdateAsync(made.Id, new() { Data = [] });
        Assert.Empty(_database.Commits.Kinds);
        await UpdateAsync(made.Id, new() { Name = "Mine" });
        Assert.Equal(["template update"], _database.Commits.Kinds);
    }

    [SkippableFact]
    public async Task Names_ShouldBeUnique_InTheirCase()
    {
        await CreateAsync(Mine);
        var other = await CreateAsync(Mine with { Name = "mine" });

        await Refusal.OfAsync(
            RefusalKind.Conflict, "failed to create template: a template name already exists with the specified name",
            () => CreateAsync(Mine with { OsType = "windows" }));
        await Refusal.OfAsync(
            RefusalKind.Conflict,
            "failed to update template: failed to update template: a template name already exists with the specified name",
            () => UpdateAsync(other.Id, new() { Name = "Mine" }));
    }

    [SkippableFact]
    public async Task ABuiltInsName_MayBeUsedAgain_AndABuiltInMayTakeAUsers()
    {
        var made = await CreateAsync(Mine with { Name = "github_linux" });
        var builtIn = await _database.ReadAsync(db => db.Templates.Where(x => x.Name == "gitea_linux").Select(x => x.Id).SingleAsync());
        await UpdateAsync(builtIn, new() { Name = "github_linux" });
        await RestoreAsync(new() { RestoreAll = true });

        Assert.Equal("github_linux", (await _database.UseAsync((TemplateStore store) => store.GetAsync(made.Id, default))).Name);
        Assert.Equal(2, (await NamesAsync("github_linux")).Count);
    }

    [SkippableFact]
    public async Task List_ShouldFindPartsOfNames_WhateverTheCase_AndTakeNoPatterns()
    {
        await CreateAsync(Mine);

        Assert.Equal(["Mine"], await NamesAsync("iNe"));
        Assert.Empty(await NamesAsync("%"));
        Assert.Equal(4, (await NamesAsync("_")).Count);
    }

    [SkippableFact]
    public async Task Restore_ShouldGiveNameAndContentBack()
    {
        var id = await _database.ReadAsync(db => db.Templates.Where(x => x.Name == "gitea_linux").Select(x => x.Id).SingleAsync());
        var original = await _database.UseAsync((TemplateStore store) => store.GetAsync(id, default));
        await UpdateAsync(id, new() { Name = "spoilt", Data = [1] });
        _database.Commits.Clear();

        await RestoreAsync(new() { Forge = "gitea", OsType = "linux" });

        Assert.Equal(["template update"], _database.Commits.Kinds);
        var restored = await _database.UseAsync((TemplateStore store) => store.GetAsync(id, default));
        Assert.Equal(("gitea_linux", "system"), (restored.Name, restored.OwnerId));
        Assert.Equal(original.Data, restored.Data);
    }

    [SkippableFact]
    public async Task Restore_ShouldMakeAnew_WhatIsGone()
    {
        var id = await _database.ReadAsync(db => db.Templates.Where(x => x.Name == "github_windows").Select(x => x.Id).SingleAsync());
        await _database.UseAsync((TemplateStore store) => store.DeleteAsync(id, default));
        _database.Commits.Clear();

        await RestoreAsync(new() { RestoreAll = true });

        Assert.Equal(["template create", "template update", "template update", "template update"], _database.Commits.Kinds.Order());
        Assert.Equal(4, (await NamesAsync("_")).Count);
        Assert.Equal(
            "Default template for github runners on windows",
            await _database.ReadAsync(db => db.Templates.Where(x => x.Name == "github_windows").Select(x => x.Description).SingleAsync()));
    }

    private Task<TemplateView> CreateAsync(CreateTemplateRequest request) =>
        _database.UseAsync((TemplateStore store) => store.CreateAsync(_owner, request, default));

    private Task<TemplateView> UpdateAsync(long id, UpdateTemplateRequest request) =>
        _database.UseAsync((TemplateStore store) => store.UpdateAsync(id, request, default));

    private Task RestoreAsync(RestoreTemplatesRequest request) =>
        _database.UseAsync((TemplateStore store) => store.RestoreAsync(request, default));

    private async Task<IReadOnlyList<string?>> NamesAsync(string part) =>
        [.. (await _database.UseAsync((TemplateStore store) => store.ListAsync(new(null, null, part), default))).Select(x => x.Name)];
}
