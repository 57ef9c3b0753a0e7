using Microsoft.Data.SqlClient;

namespace Garm.Data.SqlServer;

/// <summary>The connection string, checked and with this hub's defaults.</summary>
public static class SqlServerConnection
{
    /// <summary>What is wrong with it; null when it is valid.</summary>
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
    /// Adds the defaults that the operator did not set. The hub retries by itself, for a documented time: the client's own
    /// retry would wait 10 s, and its pool would repeat an old error for up to a minute without contacting the server.
    /// </summary>
    internal static string Complete(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Connect Retry Count")) builder.ConnectRetryCount = 0;
        if (!builder.ShouldSerialize("Pool Blocking Period")) builder.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
        if (!builder.ShouldSerialize("Application Name")) builder.ApplicationName = "garm";
        return builder.ConnectionString;
    }

    /// <summary>For the start, which must not leave an open connection that another node's change of the database's settings would wait for.</summary>
    internal static string Unpooled(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>The server's database <c>master</c>, in which databases are looked up and created.</summary>
    internal static string OfMaster(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { InitialCatalog = "master", AttachDBFilename = "", Pooling = false }.ConnectionString;

    /// <summary>The database's name.</summary>
    internal static string DatabaseOf(string connectionString) => new SqlConnectionStringBuilder(connectionString).InitialCatalog;
}
