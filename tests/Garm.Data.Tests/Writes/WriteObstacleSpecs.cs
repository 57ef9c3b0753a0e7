using Garm.Data.Engines;
using Garm.Data.PostgreSql;
using Garm.Data.Sqlite;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.Data.Writes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Garm.Data.Tests.Writes;

/// <summary>Which errors mean that writes cannot work, and that saves report them.</summary>
public sealed class WriteObstacleSpecs
{
    [Theory]
    [InlineData(13, 13, WriteObstacle.OutOfSpace)]
    [InlineData(10, 4874, WriteObstacle.OutOfSpace)]
    [InlineData(8, 264, WriteObstacle.ReadOnly)]
    [InlineData(10, 778, WriteObstacle.Damaged)]
    [InlineData(11, 11, WriteObstacle.Damaged)]
    [InlineData(26, 26, WriteObstacle.Damaged)]
    [InlineData(5, 5, null)]
    [InlineData(19, 2067, null)]
    public void OnSqlite(int code, int extended, WriteObstacle? obstacle) => Assert.Equal(
        obstacle, new SqliteEngine("Data Source=any.db").WriteObstacleOf(new DbUpdateException("", new SqliteException("", code, extended))));

    [Theory]
    [InlineData("53100", WriteObstacle.OutOfSpace)]
    [InlineData("25006", WriteObstacle.ReadOnly)]
    [InlineData("58030", WriteObstacle.Damaged)]
    [InlineData("40P01", null)]
    public void OnPostgreSql(string state, WriteObstacle? obstacle) => Assert.Equal(
        obstacle,
        new PostgreSqlEngine("Host=127.0.0.1;Database=garm").WriteObstacleOf(new DbUpdateException("", new PostgresException("", "", "", state))));

    [Fact]
    public async Task ASaveThatTheDatabaseRefuses_IsKnown_UntilOneWorks()
    {
        var database = new TestDatabase(TestEngine.Sqlite);
        await database.InitializeAsync();
        var health = await database.UseAsync((WriteHealth x) => Task.FromResult(x));
        try
        {
            // A value above the column's maximum: an error that is not a conflict.
            await using (var connection = new SqliteConnection(database.Where.ConnectionString))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON file_chunks BEGIN SELECT CAST(randomblob(1 << 40) AS TEXT); END";
                await command.ExecuteNonQueryAsync();
            }

            await Assert.ThrowsAnyAsync<Exception>(() => database.UseAsync((TestWrite x) => x.RunAsync(default)));
            Assert.NotNull(health.Ask().Obstacle);

            await database.SaveAsync(db => db.Add(new Model.FileContent { Id = Guid.NewGuid() }));
            Assert.Null(health.Ask().Obstacle);
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task ATestWrite_LeavesNothing_AndTellsNoEvent()
    {
        var database = new TestDatabase(TestEngine.Sqlite);
        await database.InitializeAsync();
        try
        {
            await database.UseAsync((TestWrite x) => x.RunAsync(default));

            Assert.Empty(database.Commits.Changes);
            Assert.False(await database.ReadAsync(db => db.FileContents.AnyAsync()));
            Assert.False((await database.UseAsync((WriteHealth x) => Task.FromResult(x.Ask()))).NeedsTest);
        }
        finally
        {
            await database.DisposeAsync();
        }
    }
}
