using Garm.Data.Sqlite;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>Properties of SQLite's file.</summary>
public sealed class SqliteFileSpecs : IAsyncLifetime
{
    private EngineDatabase? _database;

    private string ConnectionString => _database!.ConnectionString;

    public async Task InitializeAsync() => _database = await TestEngine.Sqlite.CreateAsync(schema: false);

    public Task DisposeAsync() => _database!.DropAsync();

    [Theory]
    [InlineData(SqliteSynchronous.Off, 0)]
    [InlineData(SqliteSynchronous.Normal, 1)]
    [InlineData(SqliteSynchronous.Full, 2)]
    [InlineData(SqliteSynchronous.Extra, 3)]
    public async Task Synchronous_IsAsConfigured(SqliteSynchronous synchronous, long pragma)
    {
        using var engine = new SqliteEngine(ConnectionString, synchronous: synchronous);

        Assert.Equal(pragma, await PragmaAsync(engine, "synchronous"));
    }

    [Fact]
    public async Task Commits_AreDurable_UnlessConfiguredOtherwise()
    {
        using var engine = new SqliteEngine(ConnectionString);

        Assert.Equal(2L, await PragmaAsync(engine, "synchronous"));
    }

    // A process that is killed while it migrates leaves the lock's row behind; the next start must not wait for it.
    [Fact]
    public async Task AMigrationLockThatNobodyHolds_HoldsUpNoStart()
    {
        await TestDatabase.PrepareAsync(_database!.NewEngine());
        Execute("""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
            """);

        await TestDatabase.PrepareAsync(_database.NewEngine()).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFileThatIsReplacedOrMoved_IsNotUsedAnyMore(bool isReplaced)
    {
        using var engine = new SqliteEngine(ConnectionString);
        await TestDatabase.PrepareAsync(engine);
        await using var services = TestDatabase.BuildServices(engine, new RecordedCommits());
        var contexts = services.GetRequiredService<IDbContextFactory<GarmDbContext>>();
        await using var user = await contexts.CreateDbContextAsync();
        await user.Database.OpenConnectionAsync(); // Other processes may have it open meanwhile.
        var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;

        if (isReplaced) File.Copy(file, $"{file}.copy");
        File.Move(file, $"{file}.old");
        if (isReplaced) File.Move($"{file}.copy", file);

        await user.Database.CloseConnectionAsync();
        await using var db = await contexts.CreateDbContextAsync();
        var refusal = await Assert.ThrowsAsync<SqliteException>(() => db.Users.ToListAsync());
        Assert.Contains($"{file} was moved or replaced", refusal.Message, StringComparison.Ordinal);
        Assert.False(engine.IsTransient(refusal), "it is not to be tried again");
    }

    private static async Task<object?> PragmaAsync(SqliteEngine engine, string name)
    {
        await using var services = TestDatabase.BuildServices(engine, new RecordedCommits());
        await using var db = await services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return await command.ExecuteScalarAsync();
    }

    private void Execute(string statements)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
