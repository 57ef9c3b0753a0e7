using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Garm.Data.Sqlite;

/// <summary>
/// A connection that stays open when it is closed, until it is disposed, and caches compiled statements. EF Core pools the
/// contexts with their connections, and closes these after each use; but opening a connection and compiling a statement
/// each cost more than finding a row. Not thread-safe, like every connection.
/// </summary>
/// <remarks>
/// The provider's own functions (regular expressions, decimal numbers) are not registered on it, because no query of the hub uses them.
/// </remarks>
internal sealed class LastingConnection : SqliteConnection
{
    private readonly SqliteFileGuard _guard;
    private readonly KeptStatements _statements;
    private readonly string _pragmas;
    private readonly int _defaultTimeout;
    private bool _isDisposing;

    private readonly Action<LastingConnection>? _disposed;

    /// <param name="connectionString">The connection string.</param>
    /// <param name="synchronous">The durability of a commit.</param>
    /// <param name="guard">Checks the file.</param>
    /// <param name="disposed">Called when it is disposed; null for none.</param>
    public LastingConnection(
        string connectionString, SqliteSynchronous synchronous, SqliteFileGuard guard, Action<LastingConnection>? disposed = null)
        : base(connectionString)
    {
        _guard = guard;
        _disposed = disposed;
        _statements = new KeptStatements(this);
        _defaultTimeout = DefaultTimeout;

        // With busy_timeout the engine itself waits for another process's write, and polls often. The client's own wait, which
        // repeats until the command's time is over, sleeps 150 ms at a time. So a command ends within a second of its time limit.
        _pragmas = $"PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON;";
    }

    /// <summary>Opens it and applies the settings that SQLite keeps per connection.</summary>
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
            base.Close(); // Otherwise the next use would take it for ready.
            throw;
        }
    }

    /// <summary>Leaves it open for its next use; closes it only when a transaction is still open, which ends the transaction.</summary>
    public override void Close()
    {
        var isInTransaction = Handle is { } handle && raw.sqlite3_get_autocommit(handle) == 0;
        if (!_isDisposing && !isInTransaction) return;

        // The next open creates another native connection.
        _statements.Clear();
        base.Close();
    }

    /// <summary>Sets the timeout of all further commands, in seconds (0 for no limit), or that of the connection string.</summary>
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
