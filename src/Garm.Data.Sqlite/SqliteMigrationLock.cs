using Garm.Data.Secrets;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>
/// Lets one process at a time migrate a file. The migrations' own lock is a row, which a killed process leaves behind
/// for ever. So this class first takes the operating system's lock on a file beside the database, and a row that is found under
/// that lock is stale.
/// </summary>
internal sealed class SqliteMigrationLock(FileStream file) : IDisposable
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async ValueTask<IDisposable?> EnterAsync(string connectionString, CancellationToken cancellation)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:") return null;

        // A folder that is missing or not writable: SQLite reports it when it opens the file.
        var folder = Path.GetDirectoryName(Path.GetFullPath(builder.DataSource));
        if (!Directory.Exists(folder)) return null;

        var path = $"{Path.GetFullPath(builder.DataSource)}-migrate";
        while (true)
        {
            if (TryOpen(path) is { } file)
            {
                try
                {
                    RemoveAbandoned(builder);
                    return new SqliteMigrationLock(file);
                }
                catch
                {
                    await file.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    // The file is not removed: otherwise two processes could lock two files of the same name.
    public void Dispose() => file.Dispose();

    /// <summary>Null while another process has it.</summary>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly.File;
            return new FileStream(path, options);
        }
        catch (IOException e) when (IsHeldElsewhere(e))
        {
            return null;
        }
    }

    private static bool IsHeldElsewhere(IOException exception) =>
        exception.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation;

    private static void RemoveAbandoned(SqliteConnectionStringBuilder builder)
    {
        if (!File.Exists(builder.DataSource)) return;
        using var connection = new SqliteConnection(builder.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if ((long)command.ExecuteScalar()! == 0) return;
        command.CommandText = "DELETE FROM \"__EFMigrationsLock\"";
        command.ExecuteNonQuery();
    }
}
