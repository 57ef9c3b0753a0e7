using System.Text;
using System.Text.Json;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.ChangeLog;
using Garm.Data.Model;
using Garm.Data.Proxies;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Users;
using Garm.Data.Writes;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>When the connection is lost at the commit, no change is lost and none is logged twice.</summary>
public abstract class CommitRecoverySpecBase : IAsyncLifetime
{
    private readonly TestDatabase _database;
    private LossyEngine? _engine;

    protected CommitRecoverySpecBase(TestEngine engine) =>
        _database = new TestDatabase(engine, inner => _engine = new LossyEngine(inner));

    private LossyEngine Engine => _engine!;

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableTheory]
    [InlineData]
    [InlineData(CommitFate.Lost)]
    [InlineData(CommitFate.Unanswered)]
    [InlineData(CommitFate.Lost, CommitFate.Lost, CommitFate.Unanswered)]
    public async Task AWrite_IsStoredOnce_WhateverBecomesOfItsAnswers(params CommitFate[] fates)
    {
        Engine.Doom(fates);

        var (proxy, written) = await CreateAsync("p");

        var row = Assert.Single(await LogOfAsync("proxy"));
        Assert.Equal(proxy.Id, (await _database.ReadAsync(db => db.Proxies.SingleAsync())).Id);
        Assert.Equal(proxy.Id, JsonSerializer.Deserialize<JsonElement>(row.Payload).GetProperty("id").GetInt64());
        Assert.Equal(row.Position, written!.Value.Position.Value);
        Assert.Equal(await HeadAsync(), written);
        Assert.Single(Engine.Attempts.Distinct());
        var told = Assert.Single(_database.Commits.Changes);
        Assert.Equal(row.Position, told.Position.Value);
        Assert.Equal(row.Payload, Encoding.UTF8.GetString(told.Payload.Span));
    }

    [SkippableFact]
    public async Task TheCursor_IsThatOfTheWrite_WhenOthersWroteBeforeItWasFound()
    {
        Engine.Doom(CommitFate.Unanswered);
        var (_, first) = await CreateAsync("first");
        var (_, second) = await CreateAsync("second");

        Assert.Equal(first!.Value.Position.Value + 1, second!.Value.Position.Value);
    }

    [SkippableFact]
    public async Task AnUnansweredUpdate_IsNotAppliedTwice()
    {
        var (proxy, _) = await CreateAsync("p");
        Engine.Doom(CommitFate.Unanswered);

        var changed = await _database.UseAsync<ProxyStore, ProxyView>(
            store => store.UpdateAsync(proxy.Id, new UpdateProxyRequest { Description = "d" }, default));

        Assert.Equal("d", changed.Description);
        Assert.Equal(2, (await _database.ReadAsync(db => db.Proxies.SingleAsync())).Version);
        Assert.Equal(["create", "update"], (await LogOfAsync("proxy")).Select(x => x.Operation));
    }

    [SkippableFact]
    public async Task AnUnansweredDeletion_Succeeds_ThoughThereIsNothingLeftToDelete()
    {
        var id = Guid.NewGuid();
        await _database.SaveAsync(db => db.Add(new User { Id = id, Username = "u", Email = "u@example.com" }));
        Engine.Doom(CommitFate.Unanswered);

        await _database.UseAsync<UserStore>(store => store.DeleteAsync(id, default));

        Assert.Equal(["create", "delete"], (await LogOfAsync("user")).Select(x => x.Operation));
    }

    // The server continues a commit whose client is gone: it may be committed after the log was searched for it.
    [SkippableFact]
    public async Task ACommitThatComesLate_IsRecognised_WhenTheNextAttemptRunsIntoItsRows()
    {
        Engine.Doom(CommitFate.Lost);
        Engine.Before = (2, () => CommitLateAsync("p"));

        var (proxy, _) = await CreateAsync("p");

        Assert.Equal("p", proxy.Name);
        Assert.Single(await LogOfAsync("proxy"));
        Assert.Single(await _database.ReadAsync(db => db.Proxies.ToListAsync()));
    }

    [SkippableFact]
    public async Task ACommitThatComesLate_IsRecognised_ByItsIdAlone()
    {
        Engine.Doom(CommitFate.Lost);
        Engine.Before = (2, () => CommitLateAsync("a name that the next attempt does not look for"));

        await CreateAsync("p");

        Assert.Single(await LogOfAsync("proxy"));
        Assert.Single(await _database.ReadAsync(db => db.Proxies.ToListAsync()));
    }

    [SkippableFact]
    public async Task ARefusal_StaysOne_WhenNothingWasStored()
    {
        await CreateAsync("taken");
        Engine.Doom(CommitFate.Lost);
        Engine.Before = (3, () => _database.SaveAsync(db => db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" })));

        var refusal = await Assert.ThrowsAsync<GarmException>(() => CreateAsync("p"));

        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
    }

    [SkippableFact]
    public async Task ALostRead_IsAskedAgain()
    {
        var asked = 0;

        var count = await _database.UseAsync<UnitOfWork, int>(work => work.ReadAsync(
            db => ++asked == 1 ? throw new ConnectionLostException() : db.Controllers.CountAsync(), default));

        Assert.Equal((2, 1), (asked, count));
    }

    [SkippableFact]
    public async Task WritersAtOnce_KeepTheLogDense_WhileAnswersAreLost()
    {
        Engine.Doom([.. Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? CommitFate.Unanswered : CommitFate.Lost)]);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => CreateAsync($"p{i}")));

        Assert.Equal(30, (await LogOfAsync("proxy")).Count);
        var positions = await _database.ReadAsync(db => db.ChangeLog.OrderBy(x => x.Position).Select(x => x.Position).ToListAsync());
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(x => (long)x), positions);
    }

    private async Task CommitLateAsync(string name)
    {
        await using var db = await _database.Contexts.CreateDbContextAsync();
        db.Add(new Proxy { Name = name, HttpProxy = "http://p.example.com" });
        await db.SaveAsync(new SaveRequest(Engine.Attempts.Last(), new CommitRules()), default);
    }

    private async Task<(ProxyView Proxy, LogPlace? Written)> CreateAsync(string name)
    {
        var observer = new LastWrite();
        var proxy = await _database.UseAsync<UnitOfWork, ProxyView>(async work =>
            await new ProxyStore(work.ObservedBy(observer), TestDatabase.Sealer).CreateAsync(
                new CreateProxyRequest { Name = name, HttpProxy = "http://p.example.com" }, default));
        return (proxy, observer.Place);
    }

    private Task<List<ChangeLogEntry>> LogOfAsync(string type) => _database.ReadAsync(
        db => db.ChangeLog.AsNoTracking().Where(x => x.EntityType == type).OrderBy(x => x.Position).ToListAsync());

    private sealed class LastWrite : IWriteObserver
    {
        public LogPlace? Place { get; private set; }

        public void Committed(LogPlace place) => Place = place;
    }

    private Task<LogPlace> HeadAsync() => new ChangeLogReader(_database.Contexts, _database.Where.Engine).ReadHeadAsync(default);
}
