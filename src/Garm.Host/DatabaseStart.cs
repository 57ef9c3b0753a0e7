using Garm.Data.Engines;
using Garm.Data.Schema;
using Garm.Data.Secrets;
using Garm.Data.Sqlite;
using Garm.Data.Writes;
using Garm.Host.Configuration;
using Garm.Host.Health;
using Garm.Host.Lifetime;
using Garm.Host.Sources;
using Garm.Log.Sources;

namespace Garm.Host;

/// <summary>Prepares the database before the hub listens.</summary>
internal static class DatabaseStart
{
    /// <summary>Migrates or checks the schema, adds what a new database needs, and reads what the first request needs.</summary>
    /// <exception cref="StartException">The database cannot be used; the message says why.</exception>
    /// <exception cref="SettingException">A setting does not fit this machine.</exception>
    public static async Task PrepareAsync(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<GarmSettings>();
        var initializer = app.Services.GetRequiredService<DatabaseInitializer>();
        app.Services.GetRequiredService<FilePermissions>().Protect();
        try
        {
            if (settings.Database.MigrateOnStart) await initializer.MigrateAsync(CancellationToken.None);
            else await initializer.RequireSchemaAsync(CancellationToken.None);
            await initializer.SeedAsync(CancellationToken.None);
            await app.Services.GetRequiredService<FirstRunGate>().DecideAsync(CancellationToken.None);
            await app.Services.GetRequiredService<ConfiguredSources>().ApplyAsync(CancellationToken.None);

            // The first request may be for the host of a source.
            await app.Services.GetRequiredService<ISourceRegistry>().ReadAsync(CancellationToken.None);

            // Only a first check: a node that cannot write still starts and serves reads, but is not ready.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await app.Services.GetRequiredService<WriteReadiness>().FindObstacleAsync(patience.Token);
        }
        catch (SecretsException e)
        {
            throw new StartException(e.Message, e);
        }
        catch (SchemaException e)
        {
            throw new StartException($"the {EngineChoice.Describe(settings)} does not fit this build: {e.Message}", e);
        }
        catch (DatabaseRefusedException e)
        {
            throw new StartException($"the {EngineChoice.Describe(settings)} is not usable: {e.Message}", e);
        }
        catch (TimeoutException e)
        {
            throw new StartException($"the {EngineChoice.Describe(settings)} is not usable: {e.Message}", e);
        }
        catch (Exception e) when (DatabaseFaultOf(e) is { } fault)
        {
            throw new StartException($"the {EngineChoice.Describe(settings)} is not usable: {fault.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            // The lock file for migrations of SQLite.
            var folder = Path.GetDirectoryName((app.Services.GetRequiredService<DatabaseEngine>() as SqliteEngine)?.File) ?? settings.DataDirectory;
            var cause = DataFolder.CanWrite(folder) ? e.Message : $"this process cannot write to the folder {folder}";
            throw new StartException($"the {EngineChoice.Describe(settings)} is not usable: {cause}", e);
        }
        catch (NotSupportedException e) when (e.Message.Contains("Invariant", StringComparison.Ordinal))
        {
            throw new SettingException(
                "Garm:Database:Provider", $"{settings.Database.Provider} does not work here: {e.Message.TrimEnd('.')}",
                "another one, or the ICU library (libicu) and no DOTNET_SYSTEM_GLOBALIZATION_INVARIANT in the environment");
        }
    }

    // Some providers wrap the server's message into advice for programmers.
    private static System.Data.Common.DbException? DatabaseFaultOf(Exception? exception) =>
        exception as System.Data.Common.DbException ?? (exception?.InnerException is { } inner ? DatabaseFaultOf(inner) : null);
}
