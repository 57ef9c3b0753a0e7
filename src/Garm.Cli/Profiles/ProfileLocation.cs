namespace Garm.Cli.Profiles;

/// <summary>Where the profile file is.</summary>
internal static class ProfileLocation
{
    /// <summary>Names the file itself and goes before everything else.</summary>
    public const string Variable = "GARMCTL_CONFIG";

    public static string Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } file) return Path.GetFullPath(file);
        return Path.Combine(ConfigFolder(environment), "garmctl", "config.json");
    }

    private static string ConfigFolder(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);

        // The XDG rules say that a relative path there is to be ignored.
        if (environment("XDG_CONFIG_HOME") is { } folder && Path.IsPathRooted(folder)) return folder;
        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
    }
}
