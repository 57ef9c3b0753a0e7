using Garm.Data.SqlServer;
using Garm.Data.Tests.Support;
using Microsoft.Data.SqlClient;

namespace Garm.Data.Tests.Engines;

internal sealed class SqlServerTestEngine : TestEngine
{
    private const string Variable = "GARM_TEST_SQLSERVER";

    public override string? SkipReason => Server is null
        ? $"{Variable} is not set: a connection string to a SQL Server where databases may be made"
        : null;

    private static string? Server =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    protected override async Task<EngineDatabase> MakeAsync(bool schema)
    {
        var name = NewName();
        var connectionString = new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString;
        var engine = new SqlServerEngine(connectionString);
        if (schema) await TestDatabase.PrepareAsync(engine);
        return new EngineDatabase(engine, () => new SqlServerEngine(connectionString), () => DropAsync(name))
        {
            ConnectionString = connectionString,
        };
    }

    private static async Task DropAsync(string name)
    {
        await using var connection = new SqlConnection(Server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"IF DB_ID('{name}') IS NOT NULL BEGIN ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name} END";
        await command.ExecuteNonQueryAsync();
    }
}
