using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>Brings what the write-ahead log holds into the database's file.</summary>
internal static class SqliteCheckpoint
{
    /// <summary>
    /// As far as readers and writers of other processes allow, for whom it waits a moment. The last connection that closes removes
    /// the log; with other processes it stays, empty where the checkpoint was complete.
    /// </summary>
    /// <returns>Whether the file is whole.</returns>
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
            // A full disk, or a file that was moved: the log keeps what it has, and the next start reads it.
            return false;
        }
    }
}
