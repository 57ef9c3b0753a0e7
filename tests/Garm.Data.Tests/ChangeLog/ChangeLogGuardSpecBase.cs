using Garm.Data.Model;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>Writes that would bypass the log are refused.</summary>
public abstract class ChangeLogGuardSpecBase(TestEngine engine) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(engine);

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" }));
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public Task BulkUpdates_AreRefused() => RefusedAsync(db =>
        db.Proxies.ExecuteUpdateAsync(set => set.SetProperty(x => x.Description, "bulk")));

    [SkippableFact]
    public Task BulkDeletes_AreRefused() => RefusedAsync(db => db.Proxies.ExecuteDeleteAsync());

    [SkippableFact]
    public Task RawStatements_AreRefused() => RefusedAsync(db =>
        db.Database.ExecuteSqlRawAsync("UPDATE proxies SET description = 'raw'"));

    [SkippableFact]
    public Task RawQueries_AreRefused() => RefusedAsync(db =>
        db.Proxies.FromSqlRaw("UPDATE proxies SET description = 'raw' RETURNING *").ToListAsync());

    [SkippableFact]
    public Task SynchronousSaves_AreRefused() => RefusedAsync(db =>
    {
        db.Proxies.Single().Description = "sync";
        db.SaveChanges();
        return Task.CompletedTask;
    });

    [SkippableFact]
    public Task TransactionsByHand_AreRefused() => RefusedAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await db.Proxies.SingleAsync()).Description = "by hand";
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    });

    private async Task RefusedAsync(Func<GarmDbContext, Task> write)
    {
        await using var db = await _database.Contexts.CreateDbContextAsync();
        await Assert.ThrowsAsync<NotSupportedException>(() => write(db));
        Assert.Equal("", await _database.ReadAsync(x => x.Proxies.Select(p => p.Description).SingleAsync()));
    }
}
