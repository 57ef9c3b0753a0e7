using Garm.Data.Engines;
using Garm.Data.PostgreSql;
using Garm.Data.Sqlite;
using Garm.Data.SqlServer;

namespace Garm.Host.Configuration;

/// <summary>Creates the configured database engine.</summary>
internal static class EngineChoice
{
    public static DatabaseEngine EngineOf(GarmSettings settings)
    {
        var database = settings.Database;
        return database.Provider switch
        {
            SqlServerEngine.ProviderName => new SqlServerEngine(database.ConnectionString!, database.MaxBatchSize),
            PostgreSqlEngine.ProviderName => new PostgreSqlEngine(database.ConnectionString!, database.MaxBatchSize),
            _ => new SqliteEngine(SqliteConnection(settings), database.MaxBatchSize, database.Synchronous),
        };
    }

    /// <summary>A description of the database for messages. A server's own messages say where it is, SQLite's do not.</summary>
    public static string Describe(GarmSettings settings) => settings.Database.Provider == SqliteEngine.ProviderName
        ? $"{SqliteEngine.ProviderName} database {SqliteEngine.FileOf(SqliteConnection(settings))}"
        : $"{settings.Database.Provider} database";

    /// <summary>The path of SQLite's file; only for that engine.</summary>
    public static string SqliteConnection(GarmSettings settings) =>
        settings.Database.ConnectionString ?? $"Data Source={Path.Combine(settings.DataDirectory, "garm.db")}";
}
