using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>
/// Checks that the open file is still the one at its path. When another file replaces it while the hub runs, the open file no longer
/// has a name, and everything written to it is lost when the hub ends.
/// </summary>
internal sealed class SqliteFileGuard(string connectionString) : IDisposable
{
    private const int Ok = 0;
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED
    private const int ReadOnly = 8;
    private const int ReadOnlyFileMoved = 1032; // SQLITE_READONLY_DBMOVED

    private readonly Lock _gate = new();
    private SqliteConnection? _first;

    /// <summary>Opens a connection. Fails without creating a file when the path no longer has the file of the first connection.</summary>
    /// <exception cref="SqliteException">The file was moved, removed or replaced; or another error of the engine.</exception>
    public void Open(Action open)
    {
        lock (_gate)
        {
            if (_first is not null) Check(_first);
            open();
            if (_first is not null) return;
            _first = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            _first.Open();
        }
    }

    /// <summary>Makes SQLite compare its open file with the one at the path, which costs one look-up in the directory.</summary>
    /// <exception cref="SqliteException">The file was moved, removed or replaced.</exception>
    public static void Check(SqliteConnection connection)
    {
        if (FileControl(connection.Handle!, null, HasMoved, out var moved) != Ok || moved == 0) return;
        throw new SqliteException(
            $"the file {connection.DataSource} was moved or replaced while the hub runs, so the hub no longer reads or writes; "
            + "stop every node, remove the old -wal and -shm files, put the right file in place, and start",
            ReadOnly, ReadOnlyFileMoved);
    }

    /// <inheritdoc />
    public void Dispose() => _first?.Dispose();

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(SQLitePCL.sqlite3 connection, byte[]? database, int operation, out int answer);
}
