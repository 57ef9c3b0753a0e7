using Garm.Data.Engines;
using Microsoft.Data.Sqlite;

namespace Garm.Data.Sqlite;

/// <summary>Writes the table of current states.</summary>
internal static class SqliteStates
{
    private const string Upsert =
        """
        INSERT INTO entity_states (entity_type, key, source, entity_id, position, created_position, payload)
        VALUES (@type, @key, @source, @id, @position, @created, @payload)
        ON CONFLICT (entity_type, key) DO UPDATE SET position = excluded.position, payload = excluded.payload,
          created_position = max(created_position, excluded.created_position)
        WHERE position < excluded.position
        """;

    private const string Delete = "DELETE FROM entity_states WHERE entity_type = @type AND key = @key AND position < @position";

    /// <summary>Writes the states, except where the table already has a newer one.</summary>
    public static void Apply(SqliteTransaction transaction, IEnumerable<StateChange> changes)
    {
        using var upsert = transaction.Connection!.CreateCommand();
        using var delete = transaction.Connection!.CreateCommand();
        (upsert.CommandText, delete.CommandText) = (Upsert, Delete);
        foreach (var change in changes)
        {
            var command = change.Payload is null ? delete : upsert;
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@type", change.EntityType);
            command.Parameters.AddWithValue("@key", change.Key);
            command.Parameters.AddWithValue("@position", change.Position);
            if (change.Payload is not null)
            {
                command.Parameters.AddWithValue("@source", change.Source);
                command.Parameters.AddWithValue("@id", change.EntityId);
                command.Parameters.AddWithValue("@created", change.CreatedPosition);
                command.Parameters.AddWithValue("@payload", change.Payload);
            }

            command.ExecuteNonQuery();
        }
    }
}
