using Garm.Data.PostgreSql;
using Garm.Data.Sqlite;
using Garm.Data.SqlServer;

namespace Garm.Host.Configuration;

/// <summary>Reads and checks <c>Garm:Database</c>.</summary>
internal static class DatabaseSettingsReader
{
    private const string ConnectionString = "ConnectionString";

    /// <exception cref="SettingException">The first setting that is wrong.</exception>
    public static DatabaseSettings Read(SettingsSection section)
    {
        var provider = section.Choice(
            "Provider", SqliteEngine.ProviderName, SqliteEngine.ProviderName, SqlServerEngine.ProviderName, PostgreSqlEngine.ProviderName);
        var synchronous = section.Choice("Sqlite:Synchronous", nameof(SqliteSynchronous.Full), Enum.GetNames<SqliteSynchronous>());
        return new DatabaseSettings
        {
            Provider = provider,
            ConnectionString = ReadConnectionString(section, provider),
            MigrateOnStart = section.Flag("MigrateOnStart", true),
            MaxBatchSize = section.Text("MaxBatchSize") is null ? null : (int)section.Number("MaxBatchSize", 0, 1, 10_000),
            Synchronous = Enum.Parse<SqliteSynchronous>(synchronous),
        };
    }

    // Not repeated in a message, because it may contain a password.
    private static string? ReadConnectionString(SettingsSection section, string provider)
    {
        var text = section.Text(ConnectionString);
        if (text is null)
        {
            return provider == SqliteEngine.ProviderName
                ? null
                : throw section.Missing(ConnectionString, $"{Form(provider)}, as Garm:Database:Provider is {provider}");
        }

        return Problem(provider, text) is { } problem
            ? throw section.Wrong(ConnectionString, "…", $"{Form(provider)} ({problem.ReplaceLineEndings(" ")})")
            : text;
    }

    private static string? Problem(string provider, string text) => provider switch
    {
        SqlServerEngine.ProviderName => SqlServerConnection.Problem(text),
        PostgreSqlEngine.ProviderName => PostgreSqlConnection.Problem(text),
        _ => SqliteEngine.ConnectionProblem(text),
    };

    private static string Form(string provider) => provider switch
    {
        SqlServerEngine.ProviderName =>
            "a SQL Server connection string such as Server=db.example.com;Database=garm;User Id=garm;Password=…",
        PostgreSqlEngine.ProviderName =>
            "a PostgreSQL connection string such as Host=db.example.com;Database=garm;Username=garm;Password=…",
        _ => "a SQLite connection string such as Data Source=garm.db",
    };
}
