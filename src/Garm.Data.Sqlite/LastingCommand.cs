using System.Data;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>A command that runs on a statement which its connection has compiled already, or keeps for the next one.</summary>
internal sealed class LastingCommand(KeptStatements statements) : SqliteCommand
{
    private KeptCommand? _kept;

    /// <summary>All ways to execute a command come through here.</summary>
    /// <exception cref="SqliteException">The engine's; or the database's file is not where it was.</exception>
    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        if (Connection is not { State: ConnectionState.Open } connection) return base.ExecuteReader(behavior);

        // A transaction's BEGIN has none yet, and is asked for all of it.
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
