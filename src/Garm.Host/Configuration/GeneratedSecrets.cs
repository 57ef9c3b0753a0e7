using System.Security.Cryptography;
using Garm.Data.Secrets;

namespace Garm.Host.Configuration;

/// <summary>
/// Secrets that are not configured: generated once and kept in the data folder, readable only by the owner. Without the file of
/// the passphrase, the secrets in the database cannot be read.
/// </summary>
internal static class GeneratedSecrets
{
    /// <summary>The file of <c>Garm:Secrets:Passphrase</c>.</summary>
    public const string PassphraseFile = "passphrase";

    /// <summary>The file of <c>Garm:Jwt:Secret</c>.</summary>
    public const string JwtSecretFile = "jwt-secret";

    /// <summary>The names of the files.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [PassphraseFile, JwtSecretFile];

    /// <summary>The configured secret, or the one in the file, which is generated if the file does not exist.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="configured">The configured value; null when there is none.</param>
    /// <param name="directory">The data folder.</param>
    /// <param name="file">The file's name in it.</param>
    /// <exception cref="SettingException">The file cannot be read or created, or its secret is too short.</exception>
    public static string Resolve(string key, string? configured, string directory, string file)
    {
        if (configured is not null) return configured;
        var path = Path.Combine(directory, file);
        try
        {
            if (!File.Exists(path)) Create(path);
            var secret = File.ReadAllText(path).Trim();
            return secret.Length >= SettingsReader.MinSecretLength
                ? secret
                : throw new SettingException(
                    key, $"\"{path}\" holds {secret.Length} characters",
                    $"a file with at least {SettingsReader.MinSecretLength}, or no file, and then one is generated");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!DataFolder.CanWrite(directory))
            {
                throw new SettingException(
                    "Garm:DataDirectory", $"this process cannot write to \"{directory}\", where {key} is generated when it is not set",
                    $"a folder that it can write to, or {key} set");
            }

            throw new SettingException(
                key, $"it is not set, and \"{path}\" cannot be used ({e.Message.TrimEnd('.')})", "a folder and a file that this process can read and write");
        }
    }

    private static void Create(string path)
    {
        // Written to a temporary file and moved without overwriting: a crash leaves no empty secret, and of two processes that start at
        // once both use the secret that came first.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly.File;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (Path.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
