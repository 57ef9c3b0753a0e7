namespace Garm.Data.Secrets;

/// <summary>Restricts the hub's files to its user: they contain secrets, and the keys of encrypted ones.</summary>
public static class OwnerOnly
{
    /// <summary>0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>
    /// Removes the rights of other users on a file. Does nothing where the file does not exist, and on Windows, which has no such modes.
    /// </summary>
    /// <returns>Whether other users cannot read or write the file now; false when this user may not change its mode.</returns>
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
