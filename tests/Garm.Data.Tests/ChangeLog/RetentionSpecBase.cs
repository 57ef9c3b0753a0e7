using System.Text;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log;
using Garm.Log.States;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>Retention, the extent of the log, and the switch of an epoch.</summary>
public abstract class RetentionSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        for (var i = 0; i < 10; i++) await _database.SaveAsync(db => db.Add(new Proxy { Name = $"p{Guid.NewGuid():N}", HttpProxy = "http://p.example.com" }));
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task TheLog_KeepsTheNewest_AndSaysWhereItBegins()
    {
        var before = await RangeAsync();
        var all = await _database.UseAsync<IChangeLogReader, IReadOnlyList<Change>>(x => x.ReadAfterAsync(before.Earliest, 100, default));
        await PruneAllAsync(new Retention(TimeSpan.FromDays(1), 4));
        var after = await RangeAsync();

        Assert.Equal(0, before.Earliest.Value);
        Assert.Equal(before.Head, after.Head);
        Assert.Equal(after.Last.Value - 4, after.Earliest.Value);
        Assert.Equal(all[^5].Chain, after.EarliestChain);
        Assert.Equal(4, (await _database.UseAsync<IChangeLogReader, IReadOnlyList<Change>>(x => x.ReadAfterAsync(after.Earliest, 100, default))).Count);
    }

    [SkippableFact]
    public async Task TheLog_MayBecomeEmpty_AndPositionsGoOn()
    {
        await PruneAllAsync(new Retention(TimeSpan.FromTicks(1), 0));
        var empty = await RangeAsync();
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "next", HttpProxy = "http://p.example.com" }));

        Assert.Equal(empty.Head, empty.Start);
        Assert.Equal(empty.Last.Next, (await RangeAsync()).Last);
    }

    [SkippableFact]
    public async Task Nothing_IsTaken_WhileAnotherNodeHoldsTheLease()
    {
        var other = (await _database.UseAsync<DatabaseLease, LeaseGrant?>(x =>
            x.TryAcquireAsync(ChangeLogPruner.LeaseName, "another", TimeSpan.FromMinutes(5), default)))!.Value;
        await PruneAllAsync(new Retention(TimeSpan.FromDays(1), 1));
        Assert.Equal(0, (await RangeAsync()).Earliest.Value);

        await _database.UseAsync<DatabaseLease>(x => x.ReleaseAsync(other, default));
        await PruneAllAsync(new Retention(TimeSpan.FromDays(1), 1));
        Assert.NotEqual(0, (await RangeAsync()).Earliest.Value);
    }

    [SkippableFact]
    public async Task AnEpoch_IsEndedByOneOfSeveralNodes()
    {
        var old = (await RangeAsync()).Epoch;

        var heads = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            _database.UseAsync<IChangeLogEpochs, LogPlace>(x => x.EndAsync(old, default))));

        Assert.Single(heads.Select(x => x.Epoch).Distinct());
        Assert.NotEqual(old, heads[0].Epoch);
    }

    [SkippableFact]
    public async Task ADeletion_KeepsTheLastStatesPlainFields_AndNoSecret()
    {
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "gone", HttpProxy = "http://gone.example.com", SealedPassword = [1, 2] }));
        _database.Commits.Clear();
        await using (var db = await _database.Contexts.CreateDbContextAsync())
        {
            db.Remove(await db.Proxies.SingleAsync(x => x.Name == "gone"));
            await db.SaveChangesAsync();
        }

        var change = Assert.Single(_database.Commits.Changes);
        var state = Encoding.UTF8.GetString(change.LastState.Span);
        Assert.Contains("\"http_proxy\":\"http://gone.example.com\"", state);
        Assert.DoesNotContain("password", state);
        Assert.DoesNotContain("http_proxy", Encoding.UTF8.GetString(change.Payload.Span));
        var read = (await _database.UseAsync<IChangeLogReader, IReadOnlyList<Change>>(x =>
            x.ReadAfterAsync(new LogPosition(change.Position.Value - 1), 1, default))).Single();
        Assert.Equal(state, Encoding.UTF8.GetString(read.LastState.Span));
        Assert.Equal(ChangeOperation.Delete, read.Operation);
    }

    private Task<LogRange> RangeAsync() => _database.UseAsync<IChangeLogReader, LogRange>(x => x.ReadRangeAsync(default));

    private Task PruneAllAsync(Retention retention) => _database.UseAsync<DatabaseLease>(async leases =>
    {
        var states = await _database.UseAsync<IEntityStateReader, IEntityStateReader>(Task.FromResult);
        var pruner = new ChangeLogPruner(_database.Contexts, _database.Where.Engine, leases, states, TimeProvider.System, retention);
        while (await pruner.PruneAsync(default))
        {
        }

        // Releases the lease for the next holder.
        await _database.SaveAsync(db =>
        {
            foreach (var lease in db.Leases.Where(x => x.Holder != "another")) lease.ExpiresAtMs = 0;
        });
    });
}
