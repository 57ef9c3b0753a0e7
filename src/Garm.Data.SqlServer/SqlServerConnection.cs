using Microsoft.Data.SqlClient;

namespace Garm.Data.SqlServer;

/// <summary>The connection string, checked and with this hub's defaults.</summary>
public static class SqlServerConnection
{
    /// <summary>Says what is wrong with it; null when nothing is.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            var builder = new SqlConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(builder.DataSource) ? "Server is missing"
                : string.IsNullOrWhiteSpace(builder.InitialCatalog) ? "Database is missing" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Adds the defaults that the operator did not set. The hub tries again by itself, for a time that it says: the client's own
    /// second try would wait 10 s for it, and its pool would answer with an old error for up to a minute without asking the server.
    /// </summary>
    internal static string Complete(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Connect Retry Count")) builder.ConnectRetryCount = 0;
        if (!builder.ShouldSerialize("Pool Blocking Period")) builder.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
        if (!builder.ShouldSerialize("Application Name")) builder.ApplicationName = "garm";
        return builder.ConnectionString;
    }

    /// <summary>For the start, which must not leave a connection open that another node's setting of the database would wait for.</summary>
    internal static string Unpooled(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>The same server's own database, where others are looked up and made.</summary>
    internal static string OfMaster(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { InitialCatalog = "master", AttachDBFilename = "", Pooling = false }.ConnectionString;

    /// <summary>The database's name.</summary>
    internal static string DatabaseOf(string connectionString) => new SqlConnectionStringBuilder(connectionString).InitialCatalog;
}
