using System.Data;
using System.Text.Encodings.Web;
using System.Text.Json;
using Garm.Data.Engines;
using Microsoft.Data.SqlClient;

namespace Garm.Data.SqlServer;

/// <summary>Takes positions, inserts log rows, and commits.</summary>
internal static class SqlServerAppend
{
    // Only the server's own JSON reader reads this text: escaping for HTML (quotes as \u0022, all letters beyond ASCII)
    // would make it several times as long.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs in one round trip; the transaction has ended when it returns.</summary>
    public static async Task<TakenPositions> ExecuteAsync(
        SqlTransaction transaction, LogAppend append, Func<Exception> noHead, CancellationToken cancellation)
    {
        var command = CommandOf(append);
        await using var disposal = command.ConfigureAwait(false);
        (command.Connection, command.Transaction) = (transaction.Connection, transaction);
        if (append.CommandTimeout is { } seconds) command.CommandTimeout = seconds;

        // Not cancelled: without the answer it would be unknown whether the commit happened.
        cancellation.ThrowIfCancellationRequested();
        var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)) throw noHead();
        var taken = new TakenPositions(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2));
        await ReadToEndAsync(reader).ConfigureAwait(false);
        return taken;
    }

    /// <summary>The statement for this number of rows, with its parameters, which have fixed sizes so that one text has one plan.</summary>
    internal static SqlCommand CommandOf(LogAppend append)
    {
        var command = new SqlCommand(append.Rows.Count == 1 ? SqlServerStatements.AppendOne : SqlServerStatements.Append);
        var parameters = command.Parameters;
        parameters.Add("@commit_id", SqlDbType.UniqueIdentifier).Value = append.CommitId;
        parameters.Add("@committed_at", SqlDbType.DateTime2).Value = append.CommittedAt;
        parameters.Add("@link", SqlDbType.BigInt).Value = append.Link;
        if (append.Rows is [var only])
        {
            parameters.Add("@entity_type", SqlDbType.NVarChar, 32).Value = only.EntityType;
            parameters.Add("@operation", SqlDbType.NVarChar, 16).Value = only.Operation;
            parameters.Add("@entity_id", SqlDbType.NVarChar, 256).Value = only.EntityId;
            parameters.Add("@payload", SqlDbType.NVarChar, -1).Value = only.Payload;
            parameters.Add("@last_state", SqlDbType.NVarChar, -1).Value = (object?)only.LastState ?? DBNull.Value;
            parameters.Add("@before", SqlDbType.NVarChar, -1).Value = (object?)only.Before ?? DBNull.Value;
            parameters.Add("@source", SqlDbType.NVarChar, 64).Value = only.Source;
            parameters.Add("@state_key", SqlDbType.NVarChar, 330).Value = only.StateKey;
            parameters.Add("@state", SqlDbType.NVarChar, -1).Value = (object?)only.State ?? DBNull.Value;
        }
        else
        {
            parameters.Add("@count", SqlDbType.Int).Value = append.Rows.Count;
            parameters.Add("@rows", SqlDbType.NVarChar, -1).Value = RowsJson(append.Rows);
        }

        return command;
    }

    /// <summary>One parameter for any number of rows, because a statement may have at most 2,100 parameters.</summary>
    internal static string RowsJson(IReadOnlyList<LogRow> rows) => JsonSerializer.Serialize(
        rows.Select((x, i) => new object?[]
        {
            i, x.EntityType, x.Operation, x.EntityId, x.Payload, x.LastState, x.Before, x.Source, x.StateKey, x.State,
        }),
        Plain);

    /// <summary>Writes states; see <see cref="SqlServerStatements.ApplyStates"/>.</summary>
    public static async Task ApplyStatesAsync(
        SqlTransaction transaction, IReadOnlyList<StateChange> changes, CancellationToken cancellation)
    {
        var command = new SqlCommand(SqlServerStatements.ApplyStates, transaction.Connection, transaction);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add("@rows", SqlDbType.NVarChar, -1).Value = StatesJson(changes);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>One parameter, as for the log's rows.</summary>
    internal static string StatesJson(IReadOnlyList<StateChange> changes) => JsonSerializer.Serialize(
        changes.Select(x => new object?[] { x.EntityType, x.Key, x.Source, x.EntityId, x.Position, x.CreatedPosition, x.Payload }), Plain);

    // The row comes after the commit. The server may then still report that the batch, which it runs as a procedure because of the
    // parameters, ends with one transaction less than it began with.
    private static async Task ReadToEndAsync(SqlDataReader reader)
    {
        try
        {
            while (await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false))
            {
            }
        }
        catch (SqlException e) when (e.HasOnly(SqlServerErrors.TransactionCountDiffers))
        {
        }
    }
}
