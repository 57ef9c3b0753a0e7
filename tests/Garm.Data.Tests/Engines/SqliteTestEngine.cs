using Garm.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Tests.Engines;

internal sealed class SqliteTestEngine : TestEngine
{
    public override string? SkipReason => null;

    protected override async Task<EngineDatabase> MakeAsync(bool schema)
    {
        var folder = Directory.CreateTempSubdirectory("garm-test-").FullName;
        var connectionString = $"Data Source={Path.Combine(folder, "garm.db")}";
        var engine = new SqliteEngine(connectionString);
        if (schema) await TestDatabase.PrepareAsync(engine);
        return new EngineDatabase(engine, () => new SqliteEngine(connectionString), () =>
        {
            using (var connection = new SqliteConnection(connectionString)) SqliteConnection.ClearPool(connection);
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        })
        {
            ConnectionString = connectionString,
        };
    }
}
