using Garm.Data.Secrets;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>The database's file and the files beside it. SQLite gives <c>-wal</c> and <c>-shm</c> the mode of the database's file.</summary>
internal static class SqliteFiles
{
    private static readonly string[] Endings = ["", "-wal", "-shm", "-journal", "-migrate"];

    /// <summary>Restricts them to this user. Creates a missing database as an empty file, because SQLite would create it readable by all.</summary>
    /// <returns>The files for which that failed.</returns>
    public static IReadOnlyList<string> Protect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:"
            || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var path = Path.GetFullPath(builder.DataSource);
        if (builder.Mode == SqliteOpenMode.ReadWriteCreate) Create(path);
        return [.. Endings.Select(x => path + x).Where(x => !OwnerOnly.TryProtect(x))];
    }

    private static void Create(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && !File.Exists(path)) new FileStream(path, Options()).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another node was first; or the folder is missing or not writable, which SQLite reports when it opens the file.
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly.File;
        return options;
    }
}
