using Garm.Data.Sqlite;
using Garm.Host.Configuration;

namespace Garm.Host.Commands;

/// <summary><c>backup &lt;file&gt;</c>: copies a SQLite database, even while a hub uses it.</summary>
internal static class BackupCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "backup";

    /// <summary>
    /// Returns 0 when the copy was made, 1 when it failed, 2 for a wrong argument or setting, or for an engine with its own backup tools.
    /// </summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is not [{ Length: > 0 } target, .. var rest] || target.StartsWith('-'))
        {
            await errors.WriteLineAsync($"garm: {Name} needs the path of a new file, and then the hub's settings");
            return ExitCodes.WrongSetting;
        }

        if (Arguments.Problem(rest) is { } problem)
        {
            await errors.WriteLineAsync($"garm: wrong argument: {problem}");
            return ExitCodes.WrongSetting;
        }

        try
        {
            var settings = SettingsReader.Read(WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. rest]).Configuration);
            if (settings.Database.Provider != SqliteEngine.ProviderName)
            {
                await errors.WriteLineAsync(
                    $"garm: {Name} copies only SQLite databases, but Garm:Database:Provider is {settings.Database.Provider}: use the server's own tools "
                    + "(pg_dump, BACKUP DATABASE)");
                return ExitCodes.WrongSetting;
            }

            var size = SqliteBackup.Run(EngineChoice.SqliteConnection(settings), target);
            await output.WriteLineAsync(
                $"{target}: {size} bytes. Keep the passphrase with it (Garm:Secrets:Passphrase, or {Path.Combine(settings.DataDirectory, GeneratedSecrets.PassphraseFile)}): "
                + "without it the secrets in the copy cannot be read");
            return ExitCodes.Ok;
        }
        catch (SettingException e)
        {
            await errors.WriteLineAsync($"garm: wrong setting {e.Message}");
            return ExitCodes.WrongSetting;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            await errors.WriteLineAsync($"garm: no backup was made: {e.Message.ReplaceLineEndings(" ")}");
            return ExitCodes.Failed;
        }
    }
}
