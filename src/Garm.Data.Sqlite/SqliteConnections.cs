using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.Sqlite;

/// <summary>Creates a <see cref="LastingConnection"/> for each context.</summary>
internal sealed class SqliteConnections(string connectionString, SqliteSynchronous synchronous) : DbConnectionInterceptor, IDisposable
{
    private readonly SqliteFileGuard _guard = new(connectionString);

    // The pool does not dispose its idle contexts, nor their connections.
    private readonly ConcurrentDictionary<LastingConnection, bool> _open = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc />
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(Make());

    /// <summary>Closes all connections; none may be used afterwards.</summary>
    public void Dispose()
    {
        foreach (var connection in _open.Keys) connection.Dispose();
        using (var any = new SqliteConnection(connectionString)) SqliteConnection.ClearPool(any);
        _guard.Dispose();
    }

    private LastingConnection Make()
    {
        var connection = new LastingConnection(connectionString, synchronous, _guard, x => _open.TryRemove(x, out _));
        _open[connection] = true;
        return connection;
    }
}
