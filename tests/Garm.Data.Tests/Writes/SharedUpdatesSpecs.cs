using System.Text.Json;
using Garm.Data.ChangeLog;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>On PostgreSQL, updates of single rows that wait for each other are committed together, and each fails or succeeds by itself.</summary>
public sealed class SharedUpdatesSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _database;
    private LossyEngine? _engine;

    public SharedUpdatesSpecs() => _database = new TestDatabase(TestEngine.PostgreSql, inner => _engine = new LossyEngine(inner));

    private LossyEngine Engine => _engine!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        foreach (var name in "abcdefgh")
            await _database.SaveAsync(db => db.Add(new Proxy { Name = $"{name}", HttpProxy = "http://p.example.com", Description = "old" }));
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task UpdatesThatWaited_AreOneTransaction_WithACommitForEach_AndReportedInTheOrderOfTheLog()
    {
        var first = _database.Commits.Changes.Count;

        await AllAsync(await TogetherAsync("abcdef", DescribeAsync));

        Assert.Equal([1, 5], Engine.SharedUpdates);
        var changes = _database.Commits.Changes.Skip(first).ToList();
        var rows = (await LogAsync()).TakeLast(6).ToList();
        Assert.Equal(rows.Select(x => x.Position), changes.Select(x => x.Position.Value));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => rows[0].Position + i), rows.Select(x => x.Position));
        Assert.Equal(rows.Select(x => x.Chain), changes.Select(x => x.Chain.Value));
        Assert.Equal(6, rows.Select(x => x.CommitId).Distinct().Count());
        Assert.All(rows, x => Assert.True(x.CommitIndex == 0 && x.CommitLast));
        Assert.All(rows, x => Assert.Equal("old", Text(x.Before!, "description")));
        Assert.All(await ProxiesAsync("abcdef"), x => Assert.Equal(("new", 2), (x.Description, x.Version)));
        await ChainIsWholeAsync();
    }

    [SkippableFact]
    public async Task MoreUpdatesThanATransactionTakes_AreCommittedInSeveral()
    {
        Engine.MostSharedUpdates = 2;

        await AllAsync(await TogetherAsync("abcdef", DescribeAsync));

        Assert.Equal([1, 2, 2, 1], Engine.SharedUpdates);
        Assert.All(await ProxiesAsync("abcdef"), x => Assert.Equal("new", x.Description));
        await ChainIsWholeAsync();
    }

    [SkippableFact]
    public async Task TheCurrentStates_AreThoseOfTheUpdates()
    {
        await AllAsync(await TogetherAsync("abc", DescribeAsync));

        var states = await _database.ReadAsync(db => db.CurrentStates.Where(x => x.EntityType == "proxy").OrderBy(x => x.Position).ToListAsync());
        Assert.Equal(8, states.Count);
        Assert.Equal(["a", "b", "c"], states.TakeLast(3).Select(x => Text(x.Payload, "name")).Order());
        Assert.All(states.TakeLast(3), x => Assert.Equal("new", Text(x.Payload, "description")));
        Assert.Equal(
            (await LogAsync()).TakeLast(3).Select(x => x.Position), states.TakeLast(3).Select(x => x.Position));
    }

    [SkippableFact]
    public async Task AnUpdateOfALockedRow_IsLeftOut_AndWaitsAlone()
    {
        Task[] writes;
        await using (var other = new NpgsqlConnection(_database.Where.ConnectionString))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await using var locking = new NpgsqlCommand("SELECT 1 FROM proxies WHERE name = 'c' FOR UPDATE", other, transaction);
            await locking.ExecuteNonQueryAsync();

            writes = await TogetherAsync("abcd", DescribeAsync);
            await AllAsync(writes[0], writes[1], writes[3]);
            Assert.False(writes[2].IsCompleted);
            Assert.Equal([1, 2], Engine.SharedUpdates);
            await transaction.RollbackAsync();
        }

        await AllAsync(writes);
        Assert.All(await ProxiesAsync("abcd"), x => Assert.Equal("new", x.Description));
        await ChainIsWholeAsync();
    }

    [SkippableFact]
    public async Task TwoUpdatesOfOneRow_InOneTransaction_AreBothMade_OneAfterTheOther()
    {
        await AllAsync(await TogetherAsync("abbc", AddAsync));

        Assert.Equal([1, 2, 1], Engine.SharedUpdates);
        Assert.Equal([1, 2, 1], Engine.TriedUpdates); // The second one of the row started over without being tried.
        Assert.Equal(["old+", "old++", "old+"], (await ProxiesAsync("abc")).Select(x => x.Description));
        await ChainIsWholeAsync();
    }

    [SkippableFact]
    public async Task AViolatedConstraint_RefusesOnlyTheWriteThatViolatesIt()
    {
        var writes = await TogetherAsync("abcd", name => name == 'c' ? RenameAsync(name, "h") : DescribeAsync(name));

        await AllAsync(writes[0], writes[1], writes[3]);
        Assert.Equal(RefusalKind.Conflict, (await Assert.ThrowsAsync<GarmException>(() => writes[2])).Kind);
        Assert.All(await ProxiesAsync("abd"), x => Assert.Equal("new", x.Description));
        Assert.Equal("old", Assert.Single(await ProxiesAsync("c")).Description);
        await ChainIsWholeAsync();
    }

    [SkippableTheory]
    [InlineData(CommitFate.Lost)]
    [InlineData(CommitFate.Unanswered)]
    public async Task WhenTheCommitFails_EachIsStoredOnce(CommitFate fate)
    {
        var logged = (await LogAsync()).Count;
        var writes = await TogetherAsync("abcd", AddAsync, () => Engine.Doom(fate, fate));

        await AllAsync(writes);
        Assert.Equal([1, 3], Engine.SharedUpdates.Take(2));
        Assert.All(await ProxiesAsync("abcd"), x => Assert.Equal("old+", x.Description));
        Assert.Equal(logged + 4, (await LogAsync()).Count);
        await ChainIsWholeAsync();
    }

    [SkippableFact]
    public async Task AWriteWhoseClientLeavesWhileItWaits_IsNotMade()
    {
        using var leaving = new CancellationTokenSource();
        var writes = await TogetherAsync(
            "abc", name => name == 'b' ? WriteAsync('b', x => x.Description = "left", leaving.Token) : DescribeAsync(name), leaving.Cancel);

        await AllAsync(writes[0], writes[2]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writes[1]);
        Assert.Equal("old", Assert.Single(await ProxiesAsync("b")).Description);
        Assert.Equal([1, 1], Engine.SharedUpdates);
    }

    [SkippableFact]
    public async Task AWriteOfSeveralRows_OrWithARule_HasATransactionOfItsOwn()
    {
        await _database.UseAsync<UnitOfWork>(work => work.WriteAsync(
            async db =>
            {
                foreach (var proxy in await db.Proxies.Where(x => x.Name == "a" || x.Name == "b").ToListAsync()) proxy.Description = "new";
            },
            default));
        await _database.UseAsync<UnitOfWork>(work => work.WriteAsync(
            async (db, rules) =>
            {
                (await db.Proxies.SingleAsync(x => x.Name == "c")).Description = "new";
                rules.Add(() => Task.CompletedTask);
            },
            default));

        Assert.Empty(Engine.SharedUpdates);
        Assert.All(await ProxiesAsync("abc"), x => Assert.Equal("new", x.Description));
    }

    [SkippableFact]
    public async Task WritersOfTheSameRows_OnTwoNodes_AllGetTheirTurn()
    {
        const int turns = 10;
        await using var other = TestDatabase.BuildServices(_database.Where.NewEngine(), new RecordedCommits());
        var nodes = new Func<char, Task>[] { AddAsync, name => OnAsync(other, name) };

        await Task.WhenAll(nodes.SelectMany((node, i) => "abcdefgh".Select(name => Task.Run(async () =>
        {
            for (var turn = 0; turn < turns; turn++) await node(i == 0 ? name : (char)('a' + 'h' - name));
        })))).WaitAsync(Soon);

        Assert.All(await ProxiesAsync("abcdefgh"), x => Assert.Equal("old" + new string('+', 2 * turns), x.Description));
        await ChainIsWholeAsync();
    }

    // The first write's transaction is held until all others wait for it.
    private async Task<Task[]> TogetherAsync(string names, Func<char, Task> write, Action? beforeTheFirst = null)
    {
        var (held, free) = (new TaskCompletionSource(), new TaskCompletionSource());
        Engine.BeforeUpdates = () =>
        {
            held.SetResult();
            return free.Task;
        };
        var writes = new List<Task> { write(names[0]) };
        await held.Task.WaitAsync(Soon);
        for (var i = 1; i < names.Length; i++)
        {
            writes.Add(write(names[i]));
            await WaitAsync(i);
        }

        beforeTheFirst?.Invoke();
        free.SetResult();
        return [.. writes];
    }

    private Task WaitAsync(int count) => _database.UseAsync<SharedUpdates>(async updates =>
    {
        using var time = new CancellationTokenSource(Soon);
        while (updates.Waiting < count)
        {
            time.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    });

    private static Task AllAsync(params Task[] writes) => Task.WhenAll(writes).WaitAsync(Soon);

    private Task DescribeAsync(char name) => WriteAsync(name, x => x.Description = "new");

    private Task AddAsync(char name) => WriteAsync(name, x => x.Description += "+");

    private Task RenameAsync(char name, string other) => WriteAsync(name, x => x.Name = other);

    private Task WriteAsync(char name, Action<Proxy> change, CancellationToken cancellation = default) =>
        _database.UseAsync<UnitOfWork>(work => ChangeAsync(work, name, change, cancellation));

    private static async Task OnAsync(IServiceProvider node, char name)
    {
        await using var scope = node.CreateAsyncScope();
        await ChangeAsync(scope.ServiceProvider.GetRequiredService<UnitOfWork>(), name, x => x.Description += "+", default);
    }

    private static Task ChangeAsync(UnitOfWork work, char name, Action<Proxy> change, CancellationToken cancellation) =>
        work.WriteAsync(async db => change(await db.Proxies.SingleAsync(x => x.Name == $"{name}")), cancellation);

    private Task<List<Proxy>> ProxiesAsync(string names) => _database.ReadAsync(db =>
        db.Proxies.AsNoTracking().Where(x => names.Contains(x.Name)).OrderBy(x => x.Name).ToListAsync());

    private Task<List<ChangeLogEntry>> LogAsync() => _database.ReadAsync(db => db.ChangeLog.AsNoTracking().OrderBy(x => x.Position).ToListAsync());

    // Every commit's chain follows from the one before and its own id, up to the head's.
    private async Task ChainIsWholeAsync()
    {
        var chain = new LogChain(0);
        foreach (var commit in (await LogAsync()).GroupBy(x => x.CommitId))
        {
            chain = chain.After(commit.Key);
            Assert.All(commit, x => Assert.Equal(chain.Value, x.Chain));
        }

        Assert.Equal(chain.Value, await _database.ReadAsync(db => db.ChangeLogHeads.Select(x => x.Chain).SingleAsync()));
    }

    private static string Text(string json, string field) => JsonDocument.Parse(json).RootElement.GetProperty(field).GetString()!;
}
