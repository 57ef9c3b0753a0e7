namespace Garm.Host.Configuration;

/// <summary>What the data folder says of the database that it was used with.</summary>
/// <param name="HasSecrets">Whether generated secrets lie in it.</param>
/// <param name="DatabaseId">The id in the mark; empty when no database was prepared yet; null when there is no mark.</param>
internal sealed record FolderHistory(bool HasSecrets, string? DatabaseId);

/// <summary>
/// Remembers in the data folder, in the file <c>database-id</c>, which database its hub has used: the controller's id. An empty
/// database beside it is then told from a new hub's.
/// </summary>
internal sealed class DataFolder
{
    /// <summary>The mark's name.</summary>
    public const string MarkName = "database-id";

    private readonly string _mark;

    private DataFolder(string mark, FolderHistory history) => (_mark, History) = (mark, history);

    /// <summary>The folder's state before this start wrote to it.</summary>
    public FolderHistory History { get; }

    /// <summary>The mark's path.</summary>
    public string Mark => _mark;

    /// <summary>Looks into the folder, and leaves an empty mark in a new one: before secrets are generated there.</summary>
    public static DataFolder Open(string directory)
    {
        var mark = Path.Combine(directory, MarkName);
        var hasSecrets = GeneratedSecrets.FileNames.Any(x => File.Exists(Path.Combine(directory, x)));
        var folder = new DataFolder(mark, new FolderHistory(hasSecrets, Read(mark)));
        if (!hasSecrets && folder.History.DatabaseId is null) folder.Write("");
        return folder;
    }

    /// <summary>Says whose folder it is from now on.</summary>
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
            // A folder that cannot be written, or a full disk: the hub works as well without the mark.
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
