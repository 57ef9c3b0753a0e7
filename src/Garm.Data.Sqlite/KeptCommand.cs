using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>A command text with its compiled statements, lent to one <see cref="LastingCommand"/> at a time.</summary>
internal sealed class KeptCommand(SqliteConnection connection, string text) : SqliteCommand(text, connection)
{
    /// <summary>In bytes or characters.</summary>
    private const int LargeValue = 64 * 1024;

    /// <summary>Whether its values were so large that it should not be cached: a statement keeps copies of them until it gets others.</summary>
    public bool HoldsMuch { get; private set; }

    /// <summary>Takes over the transaction, the timeout and the parameters of a <see cref="LastingCommand"/>.</summary>
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

    /// <summary>Drops the references to the values of the last execution.</summary>
    public void Return()
    {
        Parameters.Clear();
        Transaction = null;
    }
}
