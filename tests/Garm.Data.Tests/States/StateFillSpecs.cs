using Garm.Data.Schema;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Tests.Writes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Garm.Data.Tests.States;

/// <summary>The first start on an older database.</summary>
public sealed class StateFillSpecs
{
    [Fact]
    public async Task ALargeDatabase_IsFilled_HoweverLongThatTakes()
    {
        var database = await TestEngine.Sqlite.CreateAsync(schema: true);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var pages = 0;
        var engine = new HeldEngine(database.NewEngine())
        {
            // Longer than faults of the database are retried.
            BeforeStates = () =>
            {
                pages++;
                clock.Advance(TimeSpan.FromMinutes(1));
            },
        };
        await using (var services = TestDatabase.BuildServices(engine, new RecordedCommits(), more: x => x.AddSingleton<TimeProvider>(clock)))
        {
            var contexts = services.GetRequiredService<IDbContextFactory<GarmDbContext>>();
            await RunAsync(contexts, "DELETE FROM entity_states");
            await RunAsync(contexts, "UPDATE change_log_head SET state_position = NULL");

            await services.GetRequiredService<DatabaseInitializer>().SeedAsync(default);

            await using var db = await contexts.CreateDbContextAsync();
            var head = await db.ChangeLogHeads.AsNoTracking().SingleAsync();
            Assert.Equal(head.NextPosition - 1, head.StatePosition);
            Assert.NotEmpty(await db.CurrentStates.ToListAsync());
            Assert.InRange(pages, 2, int.MaxValue);
        }

        await database.DropAsync();
    }

    private static async Task RunAsync(IDbContextFactory<GarmDbContext> contexts, string sql)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
