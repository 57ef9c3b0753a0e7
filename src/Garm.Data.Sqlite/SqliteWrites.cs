using Garm.Data.Engines;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>Recognises errors that mean that writes cannot work, and measures free space.</summary>
internal static class SqliteWrites
{
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NoDatabase = 26;

    /// <summary>The shared-memory file of the log cannot be created because the disk is full.</summary>
    private const int InputOutputSharedMemory = 4874;

    public static WriteObstacle? ObstacleOf(SqliteException? exception) => exception?.SqliteErrorCode switch
    {
        Full => WriteObstacle.OutOfSpace,
        InputOutput when exception.SqliteExtendedErrorCode == InputOutputSharedMemory => WriteObstacle.OutOfSpace,
        ReadOnly => WriteObstacle.ReadOnly,
        InputOutput or Corrupt or NoDatabase => WriteObstacle.Damaged,
        _ => null,
    };

    /// <summary>Free bytes for this user on the disk of a file; null when the system does not report them.</summary>
    public static long? FreeBytes(string file)
    {
        try
        {
            return Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder ? new DriveInfo(folder).AvailableFreeSpace : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Unused bytes in the file.</summary>
    public static long ReusableBytes(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size";
        return (long)command.ExecuteScalar()!;
    }
}
