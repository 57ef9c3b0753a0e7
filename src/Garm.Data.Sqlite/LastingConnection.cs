using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Garm.Data.Sqlite;

/// <summary>
/// A connection that stays open when it is closed, until it is disposed of, and keeps what it has compiled: the framework's
/// contexts come from a pool and keep their connections, and close them after each use. Opening one and compiling a statement
/// each cost more than finding a row. Not for several threads at once, as no connection is.
/// </summary>
/// <remarks>
/// The provider's own functions (regular expressions, decimal numbers) are not declared on it: no query of the hub's uses them.
/// </remarks>
internal sealed class LastingConnection : SqliteConnection
{
    private readonly SqliteFileGuard _guard;
    private readonly KeptStatements _statements;
    private readonly string _pragmas;
    private readonly int _defaultTimeout;
    private bool _isDisposing;

    private readonly Action<LastingConnection>? _disposed;

    /// <param name="connectionString">The database's.</param>
    /// <param name="synchronous">When a commit counts as stored.</param>
    /// <param name="guard">Watches the file.</param>
    /// <param name="disposed">Called when it is disposed of; null for none.</param>
    public LastingConnection(
        string connectionString, SqliteSynchronous synchronous, SqliteFileGuard guard, Action<LastingConnection>? disposed = null)
        : base(connectionString)
    {
        _guard = guard;
        _disposed = disposed;
        _statements = new KeptStatements(this);
        _defaultTimeout = DefaultTimeout;

        // busy_timeout lets the engine wait for another process's write by itself, and looks often; the client's own waiting, which
        // begins anew until the command's time is up, sleeps 150 ms at a time. So a command ends within a second of its time.
        _pragmas = $"PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;";
    }

    /// <summary>Opens it, with what SQLite keeps per connection.</summary>
    public override void Open()
    {
        if (State == System.Data.ConnectionState.Open) return;
        try
        {
            _guard.Open(base.Open);
            using var command = base.CreateCommand();
            command.CommandText = _pragmas;
            command.ExecuteNonQuery();
        }
        catch
        {
            base.Close(); // Or it would be taken for ready the next time.
            throw;
        }
    }

    /// <summary>Leaves it open for its next use; closes it only when a transaction would stay open too, which ends it.</summary>
    public override void Close()
    {
        var isInTransaction = Handle is { } handle && raw.sqlite3_get_autocommit(handle) == 0;
        if (!_isDisposing && !isInTransaction) return;

        // The next time it is opened it is another native connection.
        _statements.Clear();
        base.Close();
    }

    /// <summary>Bounds each command from now on, in seconds (0 for no limit), or as the connection string says.</summary>
    public void LimitStatements(int? seconds) => DefaultTimeout = seconds ?? _defaultTimeout;

    /// <inheritdoc />
    public override SqliteCommand CreateCommand() => new LastingCommand(_statements)
    {
        Connection = this,
        CommandTimeout = DefaultTimeout,
        Transaction = Transaction,
    };

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _isDisposing = true;
        base.Dispose(disposing);
        if (disposing) _disposed?.Invoke(this);
    }
}
