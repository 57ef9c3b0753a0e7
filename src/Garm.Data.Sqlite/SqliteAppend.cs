using Garm.Data.Engines;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>Takes positions and inserts log rows.</summary>
internal static class SqliteAppend
{
    private const string Take =
        """
        UPDATE change_log_head SET next_position = next_position + @count, chain = (chain * 48271 + @link) % 2147483647 WHERE id = 1
        RETURNING epoch, next_position, chain
        """;

    private const string Insert =
        """
        INSERT INTO change_log
          (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at, chain)
        VALUES (@position, @commit_id, @index, @last, @type, @operation, @id, @payload, @last_state, @committed_at, @chain)
        """;

    public static TakenPositions Execute(SqliteTransaction transaction, LogAppend append)
    {
        var rows = append.Rows;
        var taken = TakePositions(transaction, append);
        using var command = transaction.Connection!.CreateCommand();
        command.CommandText = Insert;
        var position = command.Parameters.Add("@position", SqliteType.Integer);
        command.Parameters.AddWithValue("@commit_id", append.CommitId);
        var index = command.Parameters.Add("@index", SqliteType.Integer);
        var last = command.Parameters.Add("@last", SqliteType.Integer);
        var type = command.Parameters.Add("@type", SqliteType.Text);
        var operation = command.Parameters.Add("@operation", SqliteType.Text);
        var id = command.Parameters.Add("@id", SqliteType.Text);
        var payload = command.Parameters.Add("@payload", SqliteType.Text);
        var lastState = command.Parameters.Add("@last_state", SqliteType.Text);
        command.Parameters.AddWithValue("@committed_at", append.CommittedAt);
        command.Parameters.AddWithValue("@chain", taken.Chain);

        for (var i = 0; i < rows.Count; i++)
        {
            position.Value = taken.Next - rows.Count + i;
            index.Value = i;
            last.Value = i == rows.Count - 1 ? 1 : 0;
            type.Value = rows[i].EntityType;
            operation.Value = rows[i].Operation;
            id.Value = rows[i].EntityId;
            payload.Value = rows[i].Payload;
            lastState.Value = (object?)rows[i].LastState ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        return taken;
    }

    private static TakenPositions TakePositions(SqliteTransaction transaction, LogAppend append)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.CommandText = Take;
        command.Parameters.AddWithValue("@count", append.Rows.Count);
        command.Parameters.AddWithValue("@link", append.Link);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new TakenPositions(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2))
            : throw new InvalidOperationException("change_log_head has no row: the database was not initialised");
    }
}
