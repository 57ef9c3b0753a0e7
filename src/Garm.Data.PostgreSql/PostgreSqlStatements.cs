namespace Garm.Data.PostgreSql;

/// <summary>What is written by hand for PostgreSQL.</summary>
internal static class PostgreSqlStatements
{
    /// <summary>
    /// Takes positions and inserts the rows, in one statement. Parameters: the number of rows, the commit, its time, and an
    /// array for each column; one row with the epoch and the position that follows.
    /// </summary>
    public const string Append =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + $1 WHERE id = 1 RETURNING epoch, next_position
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at)
          SELECT head.next_position - $1 + r.i - 1, $2, r.i - 1, r.i = $1, r.entity_type, r.operation, r.entity_id, r.payload,
            r.last_state, $3
          FROM head, unnest($4, $5, $6, $7, $8) WITH ORDINALITY AS r (entity_type, operation, entity_id, payload, last_state, i)
        )
        SELECT epoch, next_position FROM head
        """;

    /// <summary>
    /// The same for one row, which most commits have: cheaper to read and to run than arrays. Parameters: the commit, its time,
    /// and a value for each column.
    /// </summary>
    public const string AppendOne =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + 1 WHERE id = 1 RETURNING epoch, next_position
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at)
          SELECT head.next_position - 1, $1, 0, true, $3, $4, $5, $6, $7, $2 FROM head
        )
        SELECT epoch, next_position FROM head
        """;

    /// <summary>Travels with one of the statements above.</summary>
    public const string Commit = "COMMIT";
}
