using System.Collections.Concurrent;
using Garm.Data.Engines;
using Garm.Data.PostgreSql;
using Garm.Data.Retries;
using Garm.Data.Schema;
using Garm.Data.Tests.Engines;
using Garm.Data.Tests.Support;
using Garm.TestUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>A node waits for another node's migration for as long as that takes, and logs it.</summary>
public sealed class MigrationWaitSpecs
{
    [Fact]
    public async Task TheWaiting_IsTold()
    {
        var database = await TestEngine.Sqlite.CreateAsync(schema: false);
        var clock = new FakeTimeProvider();
        var log = new Lines();
        await using (var services = ServicesOn(database.NewEngine(), new WriteRetryOptions(), x => x.AddSingleton<TimeProvider>(clock).AddSingleton<ILogger<DatabaseInitializer>>(log)))
        {
            var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
            Task starting;
            await using (new FileStream($"{file}-migrate", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
                starting = services.GetRequiredService<DatabaseInitializer>().MigrateAsync(default);
                await log.UntilAsync(1, () => clock.Advance(DatabaseInitializer.TellEvery));
                await log.UntilAsync(2, () => clock.Advance(DatabaseInitializer.TellEvery));
                Assert.False(starting.IsCompleted, "another process has the lock");
            }

            await starting.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.StartsWith("the schema is not ready after ", log.All.First(), StringComparison.Ordinal);
        await database.DropAsync();
    }

    [SkippableFact]
    public async Task OnPostgreSql_TheWaiting_OutlastsTheCommandsTime()
    {
        var database = await TestEngine.PostgreSql.CreateAsync(schema: true);
        var impatient = $"{database.ConnectionString};Command Timeout=1";
        await using (var other = new NpgsqlConnection(database.ConnectionString))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("""LOCK TABLE "__EFMigrationsHistory" IN ACCESS EXCLUSIVE MODE""", other, transaction))
                await command.ExecuteNonQueryAsync();
            await using var services = ServicesOn(new PostgreSqlEngine(impatient), new WriteRetryOptions { FaultsFor = TimeSpan.FromSeconds(4) });

            var starting = services.GetRequiredService<DatabaseInitializer>().MigrateAsync(default);

            // The client measures the command's time, which the test's clock does not move.
            await using var observer = new NpgsqlConnection(database.ConnectionString);
            await observer.OpenAsync();
            await Retry.UntilAsync(
                "a statement waits for longer than its own limit and all attempts together",
                async () => starting.IsCompleted || await LongestWaitAsync(observer) > TimeSpan.FromSeconds(6),
                TimeSpan.FromMinutes(1));
            Assert.False(starting.IsCompleted, starting.Exception?.ToString());
            await transaction.RollbackAsync();
            await starting.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await database.DropAsync();
    }

    private static async Task<TimeSpan> LongestWaitAsync(NpgsqlConnection observer)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(max(clock_timestamp() - query_start), interval '0')
            FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """,
            observer);
        return (TimeSpan)(await command.ExecuteScalarAsync())!;
    }

    private static ServiceProvider ServicesOn(DatabaseEngine engine, WriteRetryOptions retries, Action<IServiceCollection>? more = null) =>
        TestDatabase.BuildServices(engine, new RecordedCommits(), retries, more);

    private sealed class Lines : ILogger<DatabaseInitializer>
    {
        private readonly SemaphoreSlim _written = new(0);

        public ConcurrentQueue<string> All { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            All.Enqueue(formatter(state, exception));
            _written.Release();
        }

        /// <summary>Waits for this number of lines, and moves time repeatedly, because the timer may not be set yet.</summary>
        public async Task UntilAsync(int lines, Action pass)
        {
            while (All.Count < lines)
            {
                pass();
                await _written.WaitAsync(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
