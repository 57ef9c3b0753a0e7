using Garm.Data;
using Garm.Data.Engines;
using Garm.Data.PostgreSql;
using Garm.Data.Schema;
using Garm.Data.Secrets;
using Garm.Data.Sqlite;
using Garm.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Garm.Bench.Log;

/// <summary>A fresh database with the hub's own services on it, and contexts of the plain kind beside them.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly Func<Task> _drop;

    private BenchDatabase(DatabaseEngine engine, Func<Task> drop)
    {
        Engine = engine;
        _drop = drop;
        var services = new ServiceCollection();
        services.AddSingleton<ICommitListener>(new Deaf());
        services.AddSingleton(new SecretSealer("a passphrase for measuring"));
        services.AddGarmData(engine);
        Services = services.BuildServiceProvider();
    }

    public DatabaseEngine Engine { get; }

    public ServiceProvider Services { get; }

    public static async Task<BenchDatabase> CreateAsync(string? postgreSql)
    {
        var database = postgreSql is null ? OnSqlite() : OnPostgreSql(postgreSql);
        var initializer = database.Services.GetRequiredService<DatabaseInitializer>();
        await initializer.MigrateAsync(default);
        await initializer.SeedAsync(default);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _drop();
    }

    private static BenchDatabase OnSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("garm-bench-").FullName;
        return new BenchDatabase(new SqliteEngine($"Data Source={Path.Combine(folder, "garm.db")}"), () =>
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static BenchDatabase OnPostgreSql(string server)
    {
        var name = $"garm_bench_{Guid.NewGuid():N}";
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        return new BenchDatabase(new PostgreSqlEngine(connectionString), async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await using var connection = new NpgsqlConnection(server);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", connection);
            await command.ExecuteNonQueryAsync();
        });
    }

    private sealed class Deaf : ICommitListener
    {
        public void Committed(ChangeBatch batch)
        {
        }
    }
}
