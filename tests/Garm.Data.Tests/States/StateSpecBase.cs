using System.Text;
using System.Text.Json.Nodes;
using Garm.Contracts.Events;
using Garm.Data.ChangeLog;
using Garm.Data.Leases;
using Garm.Data.Model;
using Garm.Data.States;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log;
using Garm.Log.States;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.States;

/// <summary>The table of current states is the compacted log, whichever node wrote.</summary>
public abstract class StateSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly EntityDatabase _entities = new(engine);

    private TestDatabase Database => _entities.Database;

    public async Task InitializeAsync()
    {
        await _entities.InitializeAsync();
        await WriteSomethingOfAllAsync();
    }

    public Task DisposeAsync() => _entities.DisposeAsync();

    [SkippableFact]
    public async Task TheStates_AreTheLog_Compacted() => Assert.Equal(await CompactedLogAsync(), await StatesAsync());

    [SkippableFact]
    public async Task TheirPlace_RisesWithTheLog()
    {
        var head = await Database.ReadAsync(db => db.ChangeLogHeads.AsNoTracking().SingleAsync());

        Assert.Equal(head.NextPosition - 1, head.StatePosition);
    }

    [SkippableFact]
    public async Task AnOlderDatabase_IsFilled()
    {
        var before = await StatesAsync();
        await RunAsync("DELETE FROM entity_states");
        await RunAsync("UPDATE change_log_head SET state_position = NULL");

        var head = await CatchUpAsync();

        Assert.Equal(WithoutPlaces(before), WithoutPlaces(await StatesAsync()));
        Assert.All(await Database.ReadAsync(db => db.CurrentStates.ToListAsync()), x => Assert.Equal(head.Position.Value, x.Position));
    }

    [SkippableFact]
    public async Task WhatAnOlderNodeWrote_IsTakenFromTheLog()
    {
        var wanted = await StatesAsync();
        var log = await LogAsync();

        // As if an older node had written the second half: its rows are missing, and the position is behind.
        var reached = log[log.Count / 2].Position.Value;
        await RunAsync($"DELETE FROM entity_states WHERE position > {reached}");
        await RunAsync($"UPDATE change_log_head SET state_position = {reached}");
        await CatchUpAsync();

        Assert.Equal(wanted, await StatesAsync());
    }

    [SkippableFact]
    public async Task AWriteBesideAnOlderNode_LeavesThePlaceBehind_AndIsNotUndone()
    {
        var log = await LogAsync();
        await RunAsync($"UPDATE change_log_head SET state_position = {log[0].Position.Value}");
        await Database.SaveAsync(db => db.RemoveRange(db.Proxies));
        var wanted = await CompactedLogAsync();
        Assert.Equal(log[0].Position.Value, (await Database.ReadAsync(db => db.ChangeLogHeads.AsNoTracking().SingleAsync())).StatePosition);

        await CatchUpAsync();

        Assert.Equal(wanted, await StatesAsync());
    }

    [SkippableFact]
    public async Task WhatRetentionTook_BeforeTheStatesHadIt_IsReadFromTheEntities()
    {
        var wanted = await StatesAsync();
        var log = await LogAsync();
        await RunAsync($"UPDATE change_log_head SET state_position = {log[0].Position.Value}");
        await RunAsync($"DELETE FROM change_log WHERE position <= {log[^2].Position.Value}");

        // Of a deleted entity, and of an existing one.
        await RunAsync("UPDATE entity_states SET payload = '{}', position = 1 WHERE entity_type = 'proxy'");
        await RunAsync("INSERT INTO entity_states SELECT 'proxy', '/999/', '', '999', 1, 0, '{}'");
        await CatchUpAsync();

        Assert.Equal(WithoutPlaces(wanted), WithoutPlaces(await StatesAsync()));
    }

    [SkippableFact]
    public async Task AnUpdate_KeepsWhatItTookAway()
    {
        await Database.SaveAsync(db => db.Add(new Proxy { Name = "changing", HttpProxy = "http://one.example.com", Description = "old" }));
        _entities.Commits.Clear();
        await Database.SaveAsync(db =>
        {
            var proxy = db.Proxies.Single(x => x.Name == "changing");
            (proxy.HttpProxy, proxy.Description, proxy.NoProxy) = ("http://two.example.com", "", "localhost");
        });

        var told = Assert.Single(_entities.Commits.Changes);
        var read = (await LogAsync())[^1];
        var before = JsonNode.Parse(told.Before.Span)!.AsObject();
        Assert.Equal(Encoding.UTF8.GetString(told.Before.Span), Encoding.UTF8.GetString(read.Before.Span));
        Assert.True(before.Remove("updated_at"));
        Assert.Equal("""{"description":"old","http_proxy":"http://one.example.com","no_proxy":null}""", before.ToJsonString());
    }

    [SkippableFact]
    public async Task APool_IsKept_WithoutItsRunners()
    {
        var update = await Database.ReadAsync(db => db.CurrentStates.Where(x => x.EntityType == "pool").Select(x => x.Payload).ToListAsync());

        Assert.NotEmpty(update);
        Assert.All(update, x => Assert.False(JsonNode.Parse(x)!.AsObject().ContainsKey("instances")));
    }

    [SkippableFact]
    public async Task Pages_GiveEachRowOnce_ByKey_HoweverSmallTheyAre()
    {
        var all = await Database.ReadAsync(db => db.CurrentStates.Where(x => x.EntityType == "proxy").OrderBy(x => x.Key).Select(x => x.Key).ToListAsync());

        Assert.Equal(all, await PagesAsync(limit: 2, bytes: 1 << 20));
        Assert.Equal(all, await PagesAsync(limit: 100, bytes: 1));
        Assert.Equal(all, await PagesAsync(limit: 100, bytes: 1 << 20));
        Assert.Equal(all, await PagesAsync(limit: 3, bytes: 1 << 20, source: ""));
        Assert.Empty(await PagesAsync(limit: 3, bytes: 1 << 20, source: "other"));
    }

    [SkippableFact]
    public async Task Retention_NeverPassesASnapshotThatIsBeingSent()
    {
        var log = await LogAsync();
        var held = log[log.Count / 2].Position;
        await Database.UseAsync<ISnapshotHolds>(x => x.HoldAsync(held, TimeSpan.FromMinutes(5), default));
        await PruneAllAsync();
        Assert.Equal(held.Next, (await LogAsync())[0].Position);

        await Database.UseAsync<ISnapshotHolds>(x => x.HoldAsync(held.Next, TimeSpan.FromMinutes(5), default));
        await PruneAllAsync();
        Assert.Equal(held.Next.Next, (await LogAsync())[0].Position);

        await Database.UseAsync<ISnapshotHolds>(x => x.ReleaseAsync(default));
        await PruneAllAsync();
        Assert.Empty(await LogAsync());
    }

    [SkippableFact]
    public async Task AHoldOfANodeThatIsDead_EndsByItself()
    {
        await Database.UseAsync<ISnapshotHolds>(x => x.HoldAsync((new LogPosition(1)), TimeSpan.FromMilliseconds(-1), default));
        await PruneAllAsync();

        Assert.Empty(await LogAsync());
    }

    private async Task WriteSomethingOfAllAsync()
    {
        var repository = await _entities.CreateAsync(EntityDatabase.NewRepository);
        var pool = await _entities.CreatePoolAsync(repository.Id!, EntityDatabase.NewPool);
        await Database.SaveAsync(db =>
        {
            for (var i = 0; i < 7; i++) db.Add(new Proxy { Name = $"p{i}", HttpProxy = "http://p.example.com" });
            for (var i = 0; i < 3; i++) db.Add(new Instance { Id = Guid.NewGuid(), Name = $"runner-{i}", PoolId = Guid.Parse(pool.Id!) });
        });
        await Database.SaveAsync(db =>
        {
            db.Proxies.First(x => x.Name == "p1").Description = "changed";
            db.Proxies.First(x => x.Name == "p2").Description = "changed";
            db.Remove(db.Proxies.Single(x => x.Name == "p3"));
            db.Remove(db.Instances.Single(x => x.Name == "runner-1"));
            db.Instances.Single(x => x.Name == "runner-2").Status = InstanceStatuses.Running;
        });
        await Database.SaveAsync(db =>
        {
            db.Proxies.First(x => x.Name == "p1").Description = "again";
            db.Pools.Single().Flavor = "large";
            db.Add(new Proxy { Name = "p3", HttpProxy = "http://p.example.com" });
        });
        await Database.SaveAsync(db => db.Remove(db.Proxies.Single(x => x.Name == "p4")));
    }

    private async Task<IReadOnlyList<string>> PagesAsync(int limit, int bytes, string? source = null)
    {
        var keys = new List<string>();
        var after = "";
        while (true)
        {
            var page = await Database.UseAsync<IEntityStateReader, EntityStatePage>(
                x => x.ReadPageAsync(new StateRange(EntityType.Proxy, source), after, limit, bytes, default));
            keys.AddRange(page.Rows.Select(x => x.Key));
            if (page.IsLast) return keys;
            Assert.InRange(page.Rows.Count, 1, limit);
            after = page.Rows[^1].Key;
        }
    }

    private Task<LogPlace> CatchUpAsync() => Database.UseAsync<EntityStateKeeper, LogPlace>(x => x.CatchUpAsync(default));

    private Task<IReadOnlyList<Change>> LogAsync() => Database.UseAsync<IChangeLogReader, IReadOnlyList<Change>>(
        x => x.ReadAfterAsync(LogPosition.Origin, 1_000, default));

    private async Task<IReadOnlyList<string>> StatesAsync()
    {
        var rows = await Database.ReadAsync(db => db.CurrentStates.AsNoTracking().ToListAsync());
        return [.. rows.Select(x => $"{x.Position} {x.EntityType} {x.Key} {Canonical(x.Payload)}").Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<string>> CompactedLogAsync()
    {
        var last = new Dictionary<(EntityType, string), Change>();
        foreach (var change in await LogAsync())
        {
            if (change.Operation == ChangeOperation.Delete) last.Remove((change.EntityType, change.EntityId));
            else last[(change.EntityType, change.EntityId)] = change;
        }

        return
        [
            .. last.Values.Select(x => $"{x.Position} {x.EntityType.WireName()} /{x.EntityId}/ {Canonical(Encoding.UTF8.GetString(x.Payload.Span))}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> WithoutPlaces(IEnumerable<string> rows) =>
        rows.Select(x => x[x.IndexOf(' ', StringComparison.Ordinal)..]).Order(StringComparer.Ordinal);

    private static string Canonical(string payload)
    {
        var json = JsonNode.Parse(payload)!.AsObject();
        json.Remove("instances");
        return json.ToJsonString();
    }

    private Task<int> RunAsync(string sql) => Database.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    });

    private Task PruneAllAsync() => Database.UseAsync<DatabaseLease>(async leases =>
    {
        var keeper = await Database.UseAsync<IEntityStateReader, IEntityStateReader>(Task.FromResult);
        var pruner = new ChangeLogPruner(Database.Contexts, Database.Where.Engine, leases, keeper, TimeProvider.System, new Retention(TimeSpan.FromTicks(1), 0));
        while (await pruner.PruneAsync(default))
        {
        }

        await RunAsync("UPDATE leases SET expires_at_ms = 0");
    });
}
