using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>A text and its statements as SQLite has compiled them, lent to one <see cref="LastingCommand"/> at a time.</summary>
internal sealed class KeptCommand(SqliteConnection connection, string text) : SqliteCommand(text, connection)
{
    /// <summary>In bytes or characters.</summary>
    private const int LargeValue = 64 * 1024;

    /// <summary>Whether its values were so large that it is better given up: a statement holds copies of them until it gets others.</summary>
    public bool HoldsMuch { get; private set; }

    /// <summary>Runs in another's name.</summary>
    public void Lend(SqliteCommand borrower)
    {
        (Transaction, CommandTimeout) = (borrower.Transaction, borrower.CommandTimeout);
        Parameters.Clear();
        for (var i = 0; i < borrower.Parameters.Count; i++)
        {
            var parameter = borrower.Parameters[i];
            HoldsMuch |= parameter.Value is string { Length: > LargeValue } or byte[] { Length: > LargeValue };
            Parameters.Add(parameter);
        }
    }

    /// <summary>Lets go of what it ran for.</summary>
    public void Return()
    {
        Parameters.Clear();
        Transaction = null;
    }
}
