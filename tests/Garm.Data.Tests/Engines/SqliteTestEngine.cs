using Garm.Data.Sqlite;
using Garm.Data.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Tests.Engines;

/// <summary>Each test's database is a copy of one that was migrated and seeded once.</summary>
internal sealed class SqliteTestEngine : TestEngine
{
    private readonly TestTemplate _template = new(MakeTemplateAsync);

    public override string? SkipReason => null;

    protected override async Task<EngineDatabase> MakeAsync(bool schema)
    {
        var folder = Directory.CreateTempSubdirectory("garm-test-").FullName;
        var file = Path.Combine(folder, "garm.db");
        if (schema) File.Copy(await _template.GetAsync(), file);
        var connectionString = $"Data Source={file}";
        var engine = new SqliteEngine(connectionString);
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

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("garm-test-").FullName;
        var connectionString = $"Data Source={Path.Combine(folder, "garm.db")}";
        await TestDatabase.PrepareAsync(new SqliteEngine(connectionString));

        // All of it in one file, whatever the engine has left in its log.
        var template = Path.Combine(folder, "template.db");
        await RunAsync(connectionString, $"VACUUM INTO '{template}'");
        await RunAsync($"Data Source={template}", "PRAGMA journal_mode = WAL"); // A vacuumed copy does not keep the mode.
        return template;
    }

    private static async Task RunAsync(string connectionString, string statement)
    {
        await using var connection = new SqliteConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}
