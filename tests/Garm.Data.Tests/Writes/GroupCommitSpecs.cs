using System.Diagnostics;
using Garm.Contracts.Entities;
using Garm.Contracts.Requests;
using Garm.Data.ChangeLog;
using Garm.Data.Model;
using Garm.Data.Proxies;
using Garm.Data.Telemetry;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>Units of work that wait for each other are committed together, and each of them fails or succeeds by itself.</summary>
public sealed class GroupCommitSpecs : IAsyncLifetime
{
    private readonly TestDatabase _database;
    private LossyEngine? _engine;

    public GroupCommitSpecs() => _database = new TestDatabase(null, inner => _engine = new LossyEngine(inner));

    private LossyEngine Engine => _engine!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.UseAsync<GroupCommit>(x =>
        {
            x.Longest = TimeSpan.FromMinutes(1); // The first write on a cold process takes longer than the hub's limit.
            return Task.CompletedTask;
        });
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task WritesThatWaited_AreCommittedTogether_AndReportedInTheirOrder()
    {
        var writes = await TogetherAsync([.. Enumerable.Range(0, 5).Select(i => (Func<Task>)(() => CreateAsync($"p{i}")))]);

        Assert.All(writes, x => Assert.True(x.IsCompletedSuccessfully));
        Assert.Equal(1, Engine.Commits);
        Assert.Equal(await PositionsAsync(5), _database.Commits.Changes.Select(x => x.Position.Value));
        Assert.Equal(5, (await LogAsync()).Select(x => x.CommitId).Distinct().Count());
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], await NamesAsync());
    }

    [Fact]
    public async Task AWriteThatFailsAfterItWrote_IsUndoneAlone()
    {
        var writes = await TogetherAsync(() => CreateAsync("a"), () => RefusedAsync("b"), () => CreateAsync("c"), () => RefusedAsync("d"));

        Assert.Equal([true, false, true, false], writes.Select(x => x.IsCompletedSuccessfully));
        Assert.Equal("no", Assert.IsType<GarmException>(writes[1].Exception!.InnerException).Message);
        Assert.Equal(1, Engine.Commits);
        Assert.Equal(["a", "c"], await NamesAsync());
        Assert.Equal(await PositionsAsync(2), _database.Commits.Changes.Select(x => x.Position.Value));
    }

    [Fact]
    public async Task TheFirstWrite_MayFail_AndTheOthersAreCommitted()
    {
        var writes = await TogetherAsync(() => RefusedAsync("a"), () => CreateAsync("b"), () => CreateAsync("c"));

        Assert.Equal([false, true, true], writes.Select(x => x.IsCompletedSuccessfully));
        Assert.Equal(1, Engine.Commits);
        Assert.Equal(["b", "c"], await NamesAsync());
    }

    [Fact]
    public async Task AWrite_SeesTheWritesBeforeIt()
    {
        var writes = await TogetherAsync(() => CreateAsync("same"), () => CreateAsync("same"));

        Assert.True(writes[0].IsCompletedSuccessfully);
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<GarmException>(writes[1].Exception!.InnerException).Kind);
        Assert.Single(await NamesAsync());
    }

    [Theory]
    [InlineData(CommitFate.Lost)]
    [InlineData(CommitFate.Unanswered)]
    public async Task WhenTheCommitFails_EachIsStoredOnce_AndARefusalIsDecidedAgain(CommitFate fate)
    {
        Engine.Doom(fate);

        var writes = await TogetherAsync(() => CreateAsync("a"), () => CreateAsync("b"), () => CreateAsync("a"));

        var refused = Assert.Single(writes, x => x.IsFaulted);
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<GarmException>(refused.Exception!.InnerException).Kind);
        Assert.Equal(["a", "b"], await NamesAsync());
        await PositionsAsync(2);
    }

    [Fact]
    public async Task WhenTheCommitFails_ItsSpansEndToo()
    {
        var (begun, open) = (0, 0);
        using var source = new ActivitySource(nameof(GroupCommitSpecs));
        ActivityTraceId trace = default;
        using var listener = new ActivityListener
        {
            ShouldListenTo = x => x.Name is nameof(GroupCommitSpecs) or ChangeLogTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = x => Count(x, 1),
            ActivityStopped = x => Count(x, -1),
        };
        ActivitySource.AddActivityListener(listener);
        using var request = source.StartActivity("request");
        trace = request!.TraceId;
        Engine.Doom(CommitFate.Lost);

        await TogetherAsync(() => CreateAsync("a"), () => CreateAsync("b"));

        Assert.Equal((4, 0), (begun, open)); // Each was attempted twice.

        void Count(Activity span, int more)
        {
            if (span.Source.Name != ChangeLogTelemetry.Name || span.TraceId != trace) return;
            if (more > 0) Interlocked.Increment(ref begun);
            Interlocked.Add(ref open, more);
        }
    }

    [Fact]
    public async Task WhenTheEngineRollsBackEverything_NoWriteOfTheGroupIsAnsweredAsStored_AndTheNextOneWorks()
    {
        var writes = await TogetherAsync(() => CreateAsync("a"), LoseTransactionAsync);

        Assert.All(writes, x => Assert.Equal("disk I/O error", Assert.IsType<SqliteException>(x.Exception!.InnerException).Message));
        Assert.Empty(await NamesAsync());
        Assert.Empty(_database.Commits.Changes);

        await CreateAsync("a");
        Assert.Equal(["a"], await NamesAsync());
    }

    [Fact]
    public async Task AWriteWhoseClientLeavesWhileItWaits_IsNotMade()
    {
        using var leaving = new CancellationTokenSource();
        using (await Engine.EnterWriteAsync(default))
        {
            var write = CreateAsync("a", leaving.Token);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        }

        await CreateAsync("b");
        Assert.Equal(["b"], await NamesAsync());
    }

    [Fact]
    public async Task MoreWritesThanAGroupTakes_AreCommittedInSeveral()
    {
        var writes = await TogetherAsync(
            [.. Enumerable.Range(0, GroupCommit.MostUnits + 8).Select(i => (Func<Task>)(() => CreateAsync($"p{i:00}")))]);

        Assert.All(writes, x => Assert.True(x.IsCompletedSuccessfully));
        Assert.InRange(Engine.Commits, 2, writes.Length);
        Assert.Equal(writes.Length, (await NamesAsync()).Count);
        await PositionsAsync(writes.Length);
    }

    // The turn is held until all of them wait for it.
    private async Task<Task[]> TogetherAsync(params Func<Task>[] writes)
    {
        Task[] running;
        using (await Engine.EnterWriteAsync(default))
            running = [.. writes.Select(x => x())];
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
        return running;
    }

    private Task<ProxyView> CreateAsync(string name, CancellationToken cancellation = default) => _database.UseAsync<ProxyStore, ProxyView>(
        store => store.CreateAsync(new CreateProxyRequest { Name = name, HttpProxy = "http://p.example.com" }, cancellation));

    private Task RefusedAsync(string name) => _database.UseAsync<UnitOfWork>(work => work.WriteAsync(
        (db, rules) =>
        {
            db.Add(new Proxy { Name = name, HttpProxy = "http://p.example.com" });
            rules.Add(() => throw GarmException.BadRequest("no"));
            return Task.CompletedTask;
        },
        default));

    // As SQLite does by itself after some errors of the disk.
    private Task LoseTransactionAsync() => _database.UseAsync<UnitOfWork>(work => work.WriteAsync(
        (db, rules) =>
        {
            db.Add(new Proxy { Name = "lost", HttpProxy = "http://p.example.com" });
            rules.Add(() =>
            {
                raw.sqlite3_exec(((SqliteConnection)db.Database.GetDbConnection()).Handle, "ROLLBACK");
                throw new SqliteException("disk I/O error", raw.SQLITE_IOERR);
            });
            return Task.CompletedTask;
        },
        default));

    private Task<List<string>> NamesAsync() => _database.ReadAsync(db => db.Proxies.OrderBy(x => x.Name).Select(x => x.Name).ToListAsync());

    // The positions of the proxies' changes, without a gap between them.
    private async Task<IReadOnlyList<long>> PositionsAsync(int count)
    {
        var positions = (await LogAsync()).Select(x => x.Position).ToList();
        Assert.Equal(Enumerable.Range(0, count).Select(i => positions[0] + i), positions);
        return positions;
    }

    private Task<List<ChangeLogEntry>> LogAsync() => _database.ReadAsync(db =>
        db.ChangeLog.AsNoTracking().Where(x => x.EntityType == "proxy").OrderBy(x => x.Position).ToListAsync());
}
