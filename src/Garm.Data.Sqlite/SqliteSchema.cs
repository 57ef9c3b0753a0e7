using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>
/// The schema without EF Core's migrator, which builds models of its own before it runs a statement, at every start. A new database gets
/// its tables by the script of all migrations, which <c>.ci/models</c> generates; a test compares the two schemas.
/// </summary>
internal static class SqliteSchema
{
    private const string Script = "Create.sql";

    /// <summary>Creates everything in one transaction, if the database has no table.</summary>
    /// <returns>False when it has one, and nothing was done.</returns>
    public static bool TryCreate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        if ((long)command.ExecuteScalar()! != 0) return false;
        command.CommandText = ReadScript();
        command.ExecuteNonQuery();
        transaction.Commit();
        return true;
    }

    /// <summary>The ids of the applied migrations, in order.</summary>
    public static IReadOnlyList<string> AppliedMigrations(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if ((long)command.ExecuteScalar()! == 0) return [];
        command.CommandText = "SELECT migration_id FROM \"__EFMigrationsHistory\" ORDER BY migration_id";
        using var rows = command.ExecuteReader();
        var ids = new List<string>();
        while (rows.Read()) ids.Add(rows.GetString(0));
        return ids;
    }

    private static string ReadScript()
    {
        using var script = new StreamReader(typeof(SqliteSchema).Assembly.GetManifestResourceStream(Script)!);
        return script.ReadToEnd();
    }
}
