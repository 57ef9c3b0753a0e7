using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Garm.Host.Configuration;

/// <summary>
/// <c>Garm:SecretsDirectory</c>: a folder in which each file is a setting. The file has the name of the environment variable
/// (<c>Garm__Jwt__Secret</c>). Container engines and systemd provide secrets in this way.
/// </summary>
internal static class SecretsDirectory
{
    private const string Key = "Garm:SecretsDirectory";
    private const string Accepted = "a folder with one file for each secret, named like Garm__Jwt__Secret, that this process can read";

    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>Adds the folder's files to the configuration; does nothing when the setting is not set.</summary>
    /// <exception cref="SettingException">The folder or one of its files cannot be read, or a file is empty.</exception>
    public static void AddSecretsDirectory(this ConfigurationManager configuration)
    {
        if (configuration[Key] is not { Length: > 0 } text) return;
        var folder = Path.GetFullPath(text);
        if (!Directory.Exists(folder)) throw new SettingException(Key, $"\"{folder}\" is not an accessible folder", Accepted);

        try
        {
            RefuseEmptyFiles(folder);

            // Overrides appsettings.json; the environment and the command line override it.
            var files = configuration.Sources.OfType<JsonConfigurationSource>().LastOrDefault();
            configuration.Sources.Insert(
                files is null ? 0 : configuration.Sources.IndexOf(files) + 1,
                new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(folder) });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(Key, $"\"{folder}\" cannot be read ({e.Message.TrimEnd('.')})", Accepted);
        }
    }

    // An empty value would count as not set, and each node would generate a secret of its own.
    private static void RefuseEmptyFiles(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "Garm__*", AnyCase))
        {
            if (string.IsNullOrWhiteSpace(File.ReadAllText(file)))
                throw new SettingException(Path.GetFileName(file).Replace("__", ":"), $"\"{file}\" is empty", "a file that holds the value, or no file");
        }
    }
}
