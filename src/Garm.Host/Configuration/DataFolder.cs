namespace Garm.Host.Configuration;

/// <summary>The data folder's record of the database that it was used with.</summary>
/// <param name="HasSecrets">Whether it holds generated secrets.</param>
/// <param name="DatabaseId">The id in the file; empty when no database was prepared yet; null when there is no file.</param>
internal sealed record FolderHistory(bool HasSecrets, string? DatabaseId);

/// <summary>
/// Keeps the id of the database (the controller's id) in the data folder, in the file <c>database-id</c>. By it the hub tells
/// an empty database that replaced another one from the database of a new hub.
/// </summary>
internal sealed class DataFolder
{
    /// <summary>The file's name.</summary>
    public const string MarkName = "database-id";

    private readonly string _mark;

    private DataFolder(string mark, FolderHistory history) => (_mark, History) = (mark, history);

    /// <summary>The folder's state before this start wrote to it.</summary>
    public FolderHistory History { get; }

    /// <summary>The file's path.</summary>
    public string Mark => _mark;

    /// <summary>Reads the folder's state, and creates an empty file in a new folder. Called before secrets are generated there.</summary>
    public static DataFolder Open(string directory)
    {
        var mark = Path.Combine(directory, MarkName);
        var hasSecrets = GeneratedSecrets.FileNames.Any(x => File.Exists(Path.Combine(directory, x)));
        var folder = new DataFolder(mark, new FolderHistory(hasSecrets, Read(mark)));
        if (!hasSecrets && folder.History.DatabaseId is null) folder.Write("");
        return folder;
    }

    /// <summary>Whether this process can create files in the folder.</summary>
    public static bool CanWrite(string directory)
    {
        try
        {
            File.Create(Path.Combine(directory, $".{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Stores the id of the folder's database.</summary>
    public void Write(string databaseId)
    {
        if (Read(_mark) == databaseId) return;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(_mark, options);
            writer.WriteLine(databaseId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is read-only, or the disk is full: the hub works without the file.
        }
    }

    private static string? Read(string mark)
    {
        try
        {
            return File.Exists(mark) ? File.ReadAllText(mark).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
