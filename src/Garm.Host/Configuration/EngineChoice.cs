using Garm.Data;
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
            _ => new SqliteEngine(
                database.ConnectionString ?? $"Data Source={Path.Combine(settings.DataDirectory, "garm.db")}",
                database.MaxBatchSize, database.Synchronous),
        };
    }
}
