using Garm.Data.Schema;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>The initialisation of a database at the start of one node, or of several at once.</summary>
public abstract class InitializerSpecBase(TestEngine engine) : IAsyncLifetime
{
    private EngineDatabase? _database;

    private EngineDatabase Database => _database!;

    public async Task InitializeAsync() => _database = await engine.CreateAsync(schema: false);

    public Task DisposeAsync() => _database?.DropAsync() ?? Task.CompletedTask;

    [SkippableFact]
    public async Task NodesThatStartAtOnce_MakeOneDatabase_WithOneEpochAndOneController()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TestDatabase.PrepareAsync(Database.NewEngine()))));

        await ReadAsync(async db =>
        {
            Assert.Single(await db.ChangeLogHeads.ToListAsync());
            Assert.Single(await db.Controllers.ToListAsync());
            Assert.Single(await db.Endpoints.ToListAsync());
            Assert.Equal(4, await db.Templates.CountAsync());
            Assert.Equal([1, 2, 3, 4, 5, 6], await db.ChangeLog.OrderBy(x => x.Position).Select(x => x.Position).ToListAsync());
            Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        });
    }

    [SkippableFact]
    public async Task AStart_LeavesWhatIsThere()
    {
        await TestDatabase.PrepareAsync(Database.NewEngine());
        var before = await ReadAsync(db => db.ChangeLogHeads.SingleAsync());

        await TestDatabase.PrepareAsync(Database.NewEngine());

        var after = await ReadAsync(db => db.ChangeLogHeads.SingleAsync());
        Assert.Equal((before.Epoch, before.NextPosition), (after.Epoch, after.NextPosition));
    }

    [SkippableFact]
    public async Task WithoutMigrating_ADatabaseWithoutSchema_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<SchemaException>(RequireAsync);

        Assert.Contains("no schema yet", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("MigrateOnStart", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task WithoutMigrating_TheRightSchema_IsAccepted()
    {
        await TestDatabase.PrepareAsync(Database.NewEngine());
        await RequireAsync();
    }

    [SkippableFact]
    public async Task ASchemaOfANewerBuild_IsRefused_WithAndWithoutMigrating()
    {
        await TestDatabase.PrepareAsync(Database.NewEngine());
        await AddHistoryAsync("29990101000000_FromTheFuture");

        var refusal = await Assert.ThrowsAsync<SchemaException>(RequireAsync);
        Assert.Contains("29990101000000_FromTheFuture", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SchemaException>(() => TestDatabase.PrepareAsync(Database.NewEngine()));
    }

    private async Task RequireAsync()
    {
        await using var services = TestDatabase.BuildServices(Database.NewEngine(), new RecordedCommits());
        await services.GetRequiredService<DatabaseInitializer>().RequireSchemaAsync(default);
    }

    private Task AddHistoryAsync(string migration) => ReadAsync(async db =>
    {
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO \"__EFMigrationsHistory\" (migration_id, product_version) VALUES ('{migration}', '10.0.0')";
        await command.ExecuteNonQueryAsync();
    });

    private Task ReadAsync(Func<GarmDbContext, Task> read) => ReadAsync(async db =>
    {
        await read(db);
        return 0;
    });

    private async Task<T> ReadAsync<T>(Func<GarmDbContext, Task<T>> read)
    {
        await using var services = TestDatabase.BuildServices(Database.NewEngine(), new RecordedCommits());
        await using var db = await services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        return await read(db);
    }
}
