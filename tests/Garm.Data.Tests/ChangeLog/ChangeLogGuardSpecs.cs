using Garm.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Garm.Data.Tests.ChangeLog;

/// <summary>No write path goes round the log: those that would are refused.</summary>
public sealed class ChangeLogGuardSpecs : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.SaveAsync(db => db.Add(new Proxy { Name = "p", HttpProxy = "http://p.example.com" }));
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public Task BulkUpdates_AreRefused() => RefusedAsync(db =>
        db.Proxies.ExecuteUpdateAsync(set => set.SetProperty(x => x.Description, "bulk")));

    [Fact]
    public Task BulkDeletes_AreRefused() => RefusedAsync(db => db.Proxies.ExecuteDeleteAsync());

    [Fact]
    public Task RawStatements_AreRefused() => RefusedAsync(db =>
        db.Database.ExecuteSqlRawAsync("UPDATE proxies SET description = 'raw'"));

    [Fact]
    public Task RawQueries_AreRefused() => RefusedAsync(db =>
        db.Proxies.FromSqlRaw("UPDATE proxies SET description = 'raw' RETURNING *").ToListAsync());

    [Fact]
    public Task SynchronousSaves_AreRefused() => RefusedAsync(db =>
    {
        db.Proxies.Single().Description = "sync";
        db.SaveChanges();
        return Task.CompletedTask;
    });

    [Fact]
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
