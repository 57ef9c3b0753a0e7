namespace Garm.Data.Secrets;

/// <summary>The hub's files are its user's alone: they hold secrets, some of them sealed with what lies beside them.</summary>
public static class OwnerOnly
{
    /// <summary>0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>
    /// Takes from others what they may do with a file; one that is not there is passed over. Windows has no such modes.
    /// </summary>
    /// <returns>Whether nobody else may read or write it now; false when the file is not this user's to change.</returns>
    public static bool TryProtect(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        try
        {
            if (!IsOpenToOthers(path)) return true;
            System.IO.File.SetUnixFileMode(path, File);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>Whether others may read or write a file, or list or change a folder.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & Others) != 0;
}
