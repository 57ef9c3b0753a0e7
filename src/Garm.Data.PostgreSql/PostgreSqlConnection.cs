using Npgsql;

namespace Garm.Data.PostgreSql;

/// <summary>The connection string, checked and with this hub's defaults.</summary>
public static class PostgreSqlConnection
{
    /// <summary>The number of prepared statements per connection. The hub has few statements, and planning is their greatest cost.</summary>
    private const int PreparedStatements = 100;

    /// <summary>What is wrong with it; null when it is valid.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host)) return "Host is missing";

            // Validates the combination of values, without connecting.
            using var source = NpgsqlDataSource.Create(Complete(connectionString));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException
            or NotSupportedException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    /// <summary>Adds the defaults that the operator did not set.</summary>
    internal static string Complete(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!IsSet(builder, "Max Auto Prepare")) builder.MaxAutoPrepare = PreparedStatements;
        if (!IsSet(builder, "Application Name")) builder.ApplicationName = "garm";
        return builder.ConnectionString;
    }

    // The builder's own method returns whether it knows a key, not whether the key was given.
    private static bool IsSet(NpgsqlConnectionStringBuilder builder, string key) =>
        builder.ConnectionString.Split(';').Any(x => x.Split('=')[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase));
}
