using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.Sqlite;

/// <summary>
/// Sets what SQLite keeps per connection, once for each that the pool really opens; and lets none be used whose file is no
/// longer where it was.
/// </summary>
internal sealed class SqlitePragmas(SqliteSynchronous synchronous) : DbConnectionInterceptor
{
    // busy_timeout lets the engine wait for another process's write by itself; the client's own waiting sleeps 150 ms at a
    // time.
    private readonly string _pragmas =
        $"PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;";

    // The pool hands out the same native connection again and again, and it keeps its pragmas; setting them costs more
    // than most reads.
    private readonly ConditionalWeakTable<object, object> _done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection { Handle: { } handle } sqlite) return;
        SqliteFileGuard.Check(sqlite);
        if (_done.TryGetValue(handle, out _)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
        _done.AddOrUpdate(handle, connection.GetType());
    }

    /// <summary>SQLite does nothing in the background: the synchronous form is all there is.</summary>
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
