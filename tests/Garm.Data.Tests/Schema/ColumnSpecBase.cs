using Garm.Contracts.Requests;
using Garm.Data.Model;
using Garm.Data.Proxies;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>The content and the comparison of columns, equal on every engine.</summary>
public abstract class ColumnSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task Times_KeepTheirMicroseconds_AndAreUtc()
    {
        await AddAsync(Proxy("p"));

        var told = _database.Commits.SinglePayload.GetProperty("created_at").GetDateTime().ToUniversalTime();
        var stored = (await _database.ReadAsync(db => db.Proxies.SingleAsync())).CreatedAt;
        Assert.Equal(DateTimeKind.Utc, stored.Kind);
        Assert.Equal(told, stored);
        Assert.Equal(0, stored.Ticks % TimeSpan.TicksPerMicrosecond);
    }

    [SkippableFact]
    public async Task Texts_CompareByTheirCharacters()
    {
        await AddAsync(Proxy("p", description: "Straße"));

        Assert.Equal(1, await CountAsync("Straße"));
        Assert.Equal(0, await CountAsync("straße"));
        Assert.Equal(0, await CountAsync("Strasse"));
    }

    [SkippableFact]
    public async Task Names_AreUnique_WhateverTheirCase()
    {
        await CreateAsync("Straße");

        await Assert.ThrowsAsync<GarmException>(() => CreateAsync("sTRAßE"));
        await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(Proxy("STRAßE")));
    }

    [SkippableTheory]
    [InlineData("a", "a ")]
    [InlineData("a", "ä")]
    [InlineData("ss", "ß")]
    [InlineData("a", "ａ")]
    [InlineData("a b", "ab")]
    [InlineData("a-b", "ab")]
    public async Task Names_ThatDiffer_AreTwo(string one, string other)
    {
        await CreateAsync(one);
        await CreateAsync(other);

        Assert.Equal([one, other], await _database.ReadAsync(db => db.Proxies.OrderBy(x => x.Id).Select(x => x.Name).ToListAsync()));
    }

    [SkippableFact]
    public async Task Texts_AreOrderedByTheirCharacters()
    {
        string[] texts = ["b", "B", "a b", "ab", "a-b", "é", "Z", "_", "1", "10", "2", ""];
        await _database.SaveAsync(db => db.AddRange(texts.Select((x, i) => Proxy($"p{i}", description: x))));

        Assert.Equal(
            texts.Order(StringComparer.Ordinal),
            await _database.ReadAsync(db => db.Proxies.OrderBy(x => x.Description).Select(x => x.Description).ToListAsync()));
    }

    [SkippableFact]
    public async Task Texts_MayBeAsLongAsTheColumn_AndNoLonger()
    {
        await AddAsync(Proxy("p", description: new string('ü', 4096)));

        var refusal = await Assert.ThrowsAsync<GarmException>(() => AddAsync(Proxy("q", description: new string('ü', 4097))));
        Assert.Contains("description is too long", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ANulCharacter_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<GarmException>(() => AddAsync(Proxy("p", description: "a\0b")));
        Assert.Contains("description holds a NUL", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task LargeNumbersAndBytes_ComeBackAsTheyWere()
    {
        var pool = ChangeLog.SampleEntities.Pool();
        (pool.MaxRunners, pool.Generation) = (uint.MaxValue, ulong.MaxValue >> 1);
        pool.ExtraSpecs = $$"""{"text":"{{new string('x', 100_000)}} 😀"}""";
        await _database.SaveAsync(db => db.Add(pool));

        var stored = await _database.ReadAsync(db => db.Pools.SingleAsync());
        Assert.Equal((pool.MaxRunners, pool.Generation, pool.ExtraSpecs), (stored.MaxRunners, stored.Generation, stored.ExtraSpecs));
        Assert.Contains("\ud83d\ude00", (await _database.ReadAsync(db => db.ChangeLog.OrderBy(x => x.Position).LastAsync(x => x.EntityType == "pool"))).Payload, StringComparison.Ordinal);
    }

    private static Proxy Proxy(string name, string description = "") =>
        new() { Name = name, HttpProxy = "http://p.example.com", Description = description };

    private Task AddAsync(Proxy proxy) => _database.SaveAsync(db => db.Add(proxy));

    private Task CreateAsync(string name) => _database.UseAsync<ProxyStore>(
        store => store.CreateAsync(new CreateProxyRequest { Name = name, HttpProxy = "http://p.example.com" }, default));

    private Task<int> CountAsync(string description) =>
        _database.ReadAsync(db => db.Proxies.CountAsync(x => x.Description == description));
}
