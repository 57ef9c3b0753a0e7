using Garm.Data.Engines;
using Garm.Data.PostgreSql;
using Garm.Data.Sqlite;
using Garm.Data.SqlServer;

namespace Garm.Host.Configuration;

/// <summary>Makes the engine that the operator chose.</summary>
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

    /// <summary>Which database it is, for people. A server says where it is in its own messages, SQLite does not.</summary>
    public static string Describe(GarmSettings settings) => settings.Database.Provider == SqliteEngine.ProviderName
        ? $"{SqliteEngine.ProviderName} database {SqliteEngine.FileOf(SqliteConnection(settings))}"
        : $"{settings.Database.Provider} database";

    /// <summary>Where SQLite's file is; for that engine only.</summary>
    public static string SqliteConnection(GarmSettings settings) =>
        settings.Database.ConnectionString ?? $"Data Source={Path.Combine(settings.DataDirectory, "garm.db")}";
}
