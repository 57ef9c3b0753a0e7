using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>Moves the content of the write-ahead log into the database's file.</summary>
internal static class SqliteCheckpoint
{
    /// <summary>
    /// Moves as much as readers and writers of other processes permit, after a short wait for them. The last connection that closes removes
    /// the log; if other processes are connected the log stays, empty after a complete checkpoint.
    /// </summary>
    /// <returns>Whether the file is complete.</returns>
    public static bool TryRun(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        if (!File.Exists(builder.DataSource)) return true;
        try
        {
            using var connection = new SqliteConnection(builder.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 2000";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using var reader = command.ExecuteReader();
            return reader.Read() && reader.GetInt64(0) == 0;
        }
        catch (SqliteException)
        {
            // A full disk, or a file that was moved: the log keeps its content, and the next start reads it.
            return false;
        }
    }
}
