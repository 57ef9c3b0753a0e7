using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.Sqlite;

/// <summary>Gives each context a <see cref="LastingConnection"/>.</summary>
internal sealed class SqliteConnections(string connectionString, SqliteSynchronous synchronous) : DbConnectionInterceptor, IDisposable
{
    private readonly SqliteFileGuard _guard = new(connectionString);

    /// <inheritdoc />
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new LastingConnection(connectionString, synchronous, _guard));

    /// <inheritdoc />
    public void Dispose() => _guard.Dispose();
}
