using System.Data;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>A command that runs on a compiled statement from its connection's cache, or adds one to it.</summary>
internal sealed class LastingCommand(KeptStatements statements) : SqliteCommand
{
    private KeptCommand? _kept;

    /// <summary>Every execution of a command calls this method.</summary>
    /// <exception cref="SqliteException">The engine's error; or the database's file was moved or replaced.</exception>
    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        if (Connection is not { State: ConnectionState.Open } connection) return base.ExecuteReader(behavior);

        // The BEGIN of a transaction has no transaction yet, so the file is checked once for the whole transaction.
        if (Transaction is null) SqliteFileGuard.Check(connection);
        if (_kept?.CommandText != CommandText) Return();
        _kept ??= statements.Take(CommandText);
        _kept.Lend(this);
        return _kept.ExecuteReader(behavior);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) Return();
        base.Dispose(disposing);
    }

    private void Return()
    {
        if (_kept is not null) statements.Return(_kept);
        _kept = null;
    }
}
