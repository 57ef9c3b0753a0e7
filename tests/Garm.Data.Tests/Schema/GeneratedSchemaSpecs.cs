using Garm.Data.Engines;
using Garm.Data.PostgreSql;
using Garm.Data.Schema;
using Garm.Data.Sqlite;
using Garm.Data.SqlServer;
using Garm.Data.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Garm.Data.Tests.Schema;

/// <summary>What <c>.ci/models</c> generates is what EF Core would make at the start. Run it when one of these fails.</summary>
public sealed class GeneratedSchemaSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garm-schema-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SqliteEngine.ProviderName)]
    [InlineData(PostgreSqlEngine.ProviderName)]
    [InlineData(SqlServerEngine.ProviderName)]
    public async Task TheCompiledModel_IsTheModel(string name)
    {
        var engine = EngineOf(name);
        await using var services = TestDatabase.BuildServices(engine, new RecordedCommits());
        await using var used = await services.GetRequiredService<IDbContextFactory<GarmDbContext>>().CreateDbContextAsync();
        await using var built = DesignTimeContext.Create(engine);

        Assert.Same(engine.CompiledModel, used.Model);
        Assert.Equal(
            built.Model.ToDebugString(MetadataDebugStringOptions.LongDefault), used.Model.ToDebugString(MetadataDebugStringOptions.LongDefault));
        Assert.Equal(
            built.Model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault),
            used.Model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault));
    }

    [Fact]
    public async Task TheScriptOfANewFile_MakesWhatTheMigrationsMake()
    {
        var (scripted, migrated) = (Path.Combine(_folder, "scripted.db"), Path.Combine(_folder, "migrated.db"));
        await TestDatabase.PrepareAsync(new SqliteEngine($"Data Source={scripted};Pooling=False"));
        using (var engine = new SqliteEngine($"Data Source={migrated};Pooling=False"))
        {
            await using var db = DesignTimeContext.Create(engine);
            await db.Database.MigrateAsync();
        }

        var tables = await ReadAsync(migrated, "SELECT coalesce(sql, name) FROM sqlite_master WHERE name <> '__EFMigrationsLock' ORDER BY type, name");
        Assert.NotEmpty(tables);
        Assert.Equal(tables, await ReadAsync(scripted, "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY type, name"));
        const string History = "SELECT migration_id || ' ' || product_version FROM __EFMigrationsHistory ORDER BY 1";
        Assert.Equal(await ReadAsync(migrated, History), await ReadAsync(scripted, History));
    }

    private static DatabaseEngine EngineOf(string name) => name switch
    {
        SqliteEngine.ProviderName => new SqliteEngine("Data Source=any.db"),
        PostgreSqlEngine.ProviderName => new PostgreSqlEngine("Host=any"),
        _ => new SqlServerEngine("Server=any;Trust Server Certificate=true"),
    };

    private static async Task<List<string>> ReadAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var texts = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) texts.Add(rows.GetString(0));
        return texts;
    }
}
