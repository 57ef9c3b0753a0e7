using System.Text;
using Garm.Contracts.Events;
using Garm.Contracts.Requests;
using Garm.Data.ChangeLog;
using Garm.Data.Model;
using Garm.Data.Proxies;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>The promises of the log: rows commit with the change, positions are dense and in commit order.</summary>
public abstract class ChangeLogSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task ANewDatabase_HasLoggedWhatItStartsWith()
    {
        var log = await LogAsync();

        Assert.Equal(
            ["controller create", "github_endpoint create", "template create", "template create", "template create", "template create"],
            log.Select(x => $"{x.EntityType} {x.Operation}"));
        Assert.Equal(Enumerable.Range(1, log.Count).Select(x => (long)x), log.Select(x => x.Position));
    }

    [SkippableFact]
    public async Task Positions_AreDense_WithManyWritersAtOnce()
    {
        var before = (await LogAsync()).Count;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _database.UseAsync<ProxyStore>(store =>
            store.CreateAsync(new CreateProxyRequest { Name = $"p{i}", HttpProxy = "http://p.example.com" }, default))));

        var log = await LogAsync();
        Assert.Equal(before + 40, log.Count);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(x => (long)x), log.Select(x => x.Position));
        var head = await HeadAsync();
        Assert.Equal(log.Count, head.Position.Value);
    }

    /// <summary>The chains that the engine computes, of the rows and of the published batches are equal.</summary>
    [SkippableFact]
    public async Task EachPlace_TellsItsPast()
    {
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "one", HttpProxy = "http://p.example.com" }));
        await _database.SaveAsync(db =>
        {
            for (var i = 0; i < 3; i++) db.Add(new Proxy { Name = $"p{i}", HttpProxy = "http://p.example.com" });
        });

        var chain = default(LogChain);
        foreach (var commit in (await LogAsync()).GroupBy(x => x.CommitId))
        {
            chain = chain.After(commit.Key);
            Assert.All(commit, x => Assert.Equal(chain.Value, x.Chain));
        }

        Assert.Equal(chain, (await HeadAsync()).Chain);
        var read = await _database.UseAsync<IChangeLogReader, IReadOnlyList<Change>>(x => x.ReadAfterAsync(LogPosition.Origin, 100, default));
        Assert.Equal(read.Select(x => x.ChainBefore).Skip(1), read.Select(x => x.Chain).SkipLast(1));
        Assert.Equal(default, read[0].ChainBefore);
        Assert.Equal(
            read.TakeLast(4).Select(x => (x.ChainBefore, x.Chain)), _database.Commits.Changes.TakeLast(4).Select(x => (x.ChainBefore, x.Chain)));
        var range = await _database.UseAsync<IChangeLogReader, LogRange>(x => x.ReadRangeAsync(default));
        Assert.Equal((default, chain), (range.EarliestChain, range.Chain));
    }

    [SkippableFact]
    public async Task ACommit_OfSeveralChanges_KeepsThemTogether()
    {
        await _database.SaveAsync(db =>
        {
            for (var i = 0; i < 3; i++) db.Add(new Proxy { Name = $"p{i}", HttpProxy = "http://p.example.com" });
        });

        var rows = (await LogAsync()).TakeLast(3).ToList();
        Assert.Single(rows.Select(x => x.CommitId).Distinct());
        Assert.Equal([0, 1, 2], rows.Select(x => x.CommitIndex));
        Assert.Equal([false, false, true], rows.Select(x => x.CommitLast));
    }

    [SkippableFact]
    public async Task ACommit_LargerThanOneStatement_IsLoggedWhole()
    {
        await _database.SaveAsync(db =>
        {
            for (var i = 0; i < 450; i++) db.Add(new Proxy { Name = $"p{i}", HttpProxy = "http://p.example.com" });
        });

        var batch = _database.Commits.Changes;
        Assert.Equal(450, batch.Count);
        Assert.Equal(Enumerable.Range((int)batch[0].Position.Value, 450).Select(x => (long)x), batch.Select(x => x.Position.Value));
        Assert.Equal(batch.Select(x => x.EntityId), (await LogAsync()).TakeLast(450).Select(x => x.EntityId));
    }

    [SkippableFact]
    public async Task AFailedSave_LeavesNoRow_NoHole_AndTellsNobody()
    {
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "taken", HttpProxy = "http://p.example.com" }));
        var before = await HeadAsync();
        _database.Commits.Clear();

        await Assert.ThrowsAsync<DbUpdateException>(() => _database.SaveAsync(db =>
        {
            db.Add(new Proxy { Name = "fresh", HttpProxy = "http://p.example.com" });
            db.Add(new Proxy { Name = "TAKEN", HttpProxy = "http://p.example.com" });
        }));

        Assert.Equal(before, await HeadAsync());
        Assert.Empty(_database.Commits.Changes);
        Assert.False(await _database.ReadAsync(db => db.Proxies.AnyAsync(x => x.Name == "fresh")));
    }

    [SkippableFact]
    public async Task TheListener_HearsWhatTheLogHolds()
    {
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" }));

        var told = Assert.Single(_database.Commits.Changes);
        var row = (await LogAsync())[^1];
        Assert.Equal(row.Position, told.Position.Value);
        Assert.Equal(row.Payload, Encoding.UTF8.GetString(told.Payload.Span));
        Assert.Equal(row.CommittedAt, told.CommittedAt.UtcDateTime);
    }

    [SkippableFact]
    public async Task ASaveWithoutChanges_LogsNothing()
    {
        var before = await HeadAsync();
        await _database.SaveAsync(db => { });
        Assert.Equal(before, await HeadAsync());
    }

    [SkippableFact]
    public async Task TheReader_PagesInOrder()
    {
        var reader = new ChangeLogReader(_database.Contexts, _database.Where.Engine);

        var first = await reader.ReadAfterAsync(LogPosition.Origin, 4, default);
        var second = await reader.ReadAfterAsync(first[^1].Position, 4, default);

        Assert.Equal([1, 2, 3, 4], first.Select(x => x.Position.Value));
        Assert.Equal([5, 6], second.Select(x => x.Position.Value));
        Assert.Equal(EntityType.Controller, first[0].EntityType);
        Assert.Equal(DateTimeKind.Utc, first[0].CommittedAt.UtcDateTime.Kind);
    }

    [SkippableFact]
    public async Task AnEntity_ChangedByTwoAtOnce_KeepsBothChanges()
    {
        var proxy = await _database.UseAsync<ProxyStore, Contracts.Entities.ProxyView>(store =>
            store.CreateAsync(new CreateProxyRequest { Name = "p", HttpProxy = "http://p.example.com" }, default));

        await Task.WhenAll(
            _database.UseAsync<ProxyStore>(s => s.UpdateAsync(proxy.Id, new UpdateProxyRequest { Description = "d" }, default)),
            _database.UseAsync<ProxyStore>(s => s.UpdateAsync(proxy.Id, new UpdateProxyRequest { NoProxy = "n" }, default)));

        var last = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>((await LogAsync())[^1].Payload);
        Assert.Equal("d", last.GetProperty("description").GetString());
        Assert.Equal("n", last.GetProperty("no_proxy").GetString());
    }

    [SkippableFact]
    public async Task AStaleCopy_IsNotSaved()
    {
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" }));
        await using var stale = await _database.Contexts.CreateDbContextAsync();
        var copy = await stale.Proxies.SingleAsync();
        await _database.UseAsync<ProxyStore>(s => s.UpdateAsync(copy.Id, new UpdateProxyRequest { Description = "d" }, default));

        copy.NoProxy = "n";

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => stale.SaveChangesAsync());
    }

    private Task<List<ChangeLogEntry>> LogAsync() =>
        _database.ReadAsync(db => db.ChangeLog.AsNoTracking().OrderBy(x => x.Position).ToListAsync());

    private Task<LogPlace> HeadAsync() => new ChangeLogReader(_database.Contexts, _database.Where.Engine).ReadHeadAsync(default);
}
