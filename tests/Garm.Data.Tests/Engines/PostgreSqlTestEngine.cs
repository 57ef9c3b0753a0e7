using Garm.Data.PostgreSql;
using Garm.Data.Tests.Support;
using Npgsql;

namespace Garm.Data.Tests.Engines;

/// <summary>Each test's database is a copy of one that was migrated and seeded once: that takes a tenth of the time.</summary>
internal sealed class PostgreSqlTestEngine : TestEngine
{
    private const string Variable = "GARM_TEST_POSTGRES";

    private readonly TestTemplate _template = new(MakeTemplateAsync);

    public override string? SkipReason => Server is null
        ? $"{Variable} is not set: a connection string to a PostgreSQL where databases may be made; .ci/postgres starts one"
        : null;

    private static string? Server =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    protected override async Task<EngineDatabase> MakeAsync(bool schema)
    {
        var name = NewName();
        if (schema) await RunAsync($"CREATE DATABASE {name} TEMPLATE {await _template.GetAsync()}");
        var connectionString = ConnectionStringOf(name);
        return new EngineDatabase(new PostgreSqlEngine(connectionString), () => new PostgreSqlEngine(connectionString), () => DropAsync(name))
        {
            ConnectionString = connectionString,
        };
    }

    /// <summary>A statement on the server's own database.</summary>
    internal static async Task RunAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = NewName();
        await TestDatabase.PrepareAsync(new PostgreSqlEngine(ConnectionStringOf(name, pooling: false)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAsync(name).GetAwaiter().GetResult();
        return name;
    }

    private static Task DropAsync(string name) => RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    // A small pool: many tests run at once, and the server's connections are shared.
    private static string ConnectionStringOf(string name, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = name, Pooling = pooling, MaxPoolSize = 20 }.ConnectionString;
}
