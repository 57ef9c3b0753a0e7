using Garm.Data.Secrets;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>Copies a database, which may be in use: the copy is the state of one moment.</summary>
public static class SqliteBackup
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the copy: one complete file, which only its owner can read.</summary>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <param name="target">The path of the copy, which must not exist.</param>
    /// <returns>The copy's size in bytes.</returns>
    /// <exception cref="IOException">There is no database, or the target exists.</exception>
    /// <exception cref="SqliteException">The database cannot be read, or the copy cannot be written or is damaged.</exception>
    public static long Run(string connectionString, string target)
    {
        var source = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        if (!File.Exists(source.DataSource)) throw new FileNotFoundException($"there is no database {source.DataSource}");
        if (Path.Exists(target)) throw new IOException($"{target} already exists and is not overwritten");

        // Written to a temporary file, so that an interrupted copy is not taken for a complete one.
        var draft = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            Create(draft);
            Copy(source.ConnectionString, draft);
            File.Move(draft, target, overwrite: false);
            return new FileInfo(target).Length;
        }
        finally
        {
            foreach (var ending in new[] { "", "-journal", "-wal", "-shm" }) File.Delete(draft + ending);
        }
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        new FileStream(path, options).Dispose();
    }

    private static void Copy(string source, string target)
    {
        using var from = new SqliteConnection(source);
        using var to = new SqliteConnection($"Data Source={target};Pooling=False");
        from.Open();
        to.Open();
        Execute(from, "PRAGMA busy_timeout = 10000");
        from.BackupDatabase(to);

        // The copy's header, like its source's, says that it has a write-ahead log; but the copy has to be one file.
        Execute(to, "PRAGMA journal_mode = DELETE");
        if (Execute(to, "PRAGMA quick_check(1)") is not "ok" and var damage)
            throw new IOException($"the copy is damaged, and probably the database too: {damage}");
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
