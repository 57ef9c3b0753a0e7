using System.Text.Json;
using Garm.Contracts.Events;
using Garm.Contracts.Json;
using Garm.Data.ChangeLog;
using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>A reader that follows the log from its start has the content of the tables.</summary>
public abstract class RebuildSpecBase(TestEngine engine) : IAsyncLifetime
{
    private const int Rounds = 3;

    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task TheTables_CanBeRebuiltFromTheLog()
    {
        await Task.WhenAll(Enumerable.Range(0, Rounds).Select(_ => LiveAsync()));

        var rebuilt = await ReplayAsync();
        var stored = await _database.ReadAsync(TablesAsync);
        Assert.Equal(stored.Keys.Order(), rebuilt.Keys.Order());
        Assert.All(stored, x => Assert.Equal(x.Value, rebuilt[x.Key]));

        // In each round one pool was created, changed in its tags, and kept; of the three entities of each other type one was deleted.
        Assert.Equal(Rounds, stored.Keys.Count(x => x.Type == EntityType.Pool));
    }

    private async Task LiveAsync()
    {
        var pool = SampleEntities.Pool();
        pool.Repository!.Owner = $"{Guid.NewGuid():N}";
        pool.Tags.Clear();
        await _database.SaveAsync(db => db.Add(pool));
        await using (var db = await _database.Contexts.CreateDbContextAsync())
        {
            var tracked = await db.Pools.Include(x => x.Tags).SingleAsync(x => x.Id == pool.Id);
            tracked.Tags.Add(new PoolTag { Tag = new Tag { Id = Guid.NewGuid(), Name = $"{Guid.NewGuid():N}" } });
            await db.SaveChangesAsync();
        }

        var proxies = Enumerable.Range(0, 3).Select(i => new Proxy { Name = $"{Guid.NewGuid():N}", HttpProxy = $"http://p{i}.example.com" }).ToList();
        var endpoints = Enumerable.Range(0, 3).Select(_ => new ForgeEndpoint { Name = $"{Guid.NewGuid():N}" }).ToList();
        await _database.SaveAsync(db => db.AddRange([.. proxies, .. endpoints]));
        await using (var db = await _database.Contexts.CreateDbContextAsync())
        {
            var ids = proxies.ConvertAll(x => x.Id);
            var own = await db.Proxies.Where(x => ids.Contains(x.Id)).OrderBy(x => x.Id).ToListAsync();
            own[0].Description = "changed";
            db.Remove(own[1]);
            db.Remove(await db.Endpoints.SingleAsync(x => x.Id == endpoints[0].Id));
            await db.SaveChangesAsync();
        }
    }

    private async Task<Dictionary<(EntityType Type, string Id), string>> ReplayAsync()
    {
        var state = new Dictionary<(EntityType, string), string>();
        var reader = new ChangeLogReader(_database.Contexts, _database.Where.Engine);
        var place = LogPosition.Origin;
        while (await reader.ReadAfterAsync(place, 7, default) is { Count: > 0 } page)
        {
            foreach (var change in page)
            {
                Assert.Equal(place.Next, change.Position);
                place = change.Position;
                var key = (change.EntityType, change.EntityId);
                Assert.Equal(change.Operation != ChangeOperation.Create, state.ContainsKey(key));
                if (change.Operation == ChangeOperation.Delete) state.Remove(key);
                else state[key] = Own(change.Payload.Span);
            }
        }

        return state;
    }

    private static async Task<Dictionary<(EntityType Type, string Id), string>> TablesAsync(GarmDbContext db)
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        var state = new Dictionary<(EntityType, string), string>();
        foreach (var watched in WatchedEntities.All)
        {
            await ModelSpecBase.LoadAllAsync(db, db.Model.FindEntityType(watched.ClrType)!);
            foreach (var entry in db.ChangeTracker.Entries<IWatchedEntity>().Where(x => x.Metadata.ClrType == watched.ClrType).ToList())
            {
                await watched.LoadAsync(entry, default);
                state[(watched.EntityType, watched.IdOf(entry.Entity))] = Own(GarmJson.ToUtf8(watched.View(entry.Entity)));
            }
        }

        return state;
    }

    /// <summary>
    /// The entity's own fields. Fields of other entities have the values of its own last change, as in GARM, and
    /// those entities have their own events.
    /// </summary>
    private static string Own(ReadOnlySpan<byte> payload)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(payload)!;
        return string.Join('\n', fields
            .Where(x => x.Value.ValueKind != JsonValueKind.Object && (x.Value.ValueKind != JsonValueKind.Array || x.Key == "tags"))
            .OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}: {x.Value.GetRawText()}"));
    }
}
