using System.Security.Cryptography;

namespace Garm.Host.Configuration;

/// <summary>
/// Secrets that nobody configured: made once and kept in the data folder, readable by the owner alone. They are as
/// precious as the database; without the passphrase's file its secrets cannot be read.
/// </summary>
internal static class GeneratedSecrets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The configured secret, or the file's, which is made when it is not there.</summary>
    public static string Resolve(string? configured, string directory, string file)
    {
        if (configured is not null) return configured;
        var path = Path.Combine(directory, file);
        if (!File.Exists(path)) Create(path);
        return File.ReadAllText(path).Trim();
    }

    private static void Create(string path)
    {
        // Written aside and moved without overwriting, so that a crash leaves no empty secret and of two processes that
        // start at once both use the one that came first.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
