namespace Garm.Data.PostgreSql;

/// <summary>What is written by hand for PostgreSQL.</summary>
internal static class PostgreSqlStatements
{
    /// <summary>
    /// Takes positions and inserts the rows, in one statement. Parameters: the number of rows, the commit, its time, an array
    /// for each column, and the commit's link; one row with the epoch, the position that follows, and the chain.
    /// </summary>
    public const string Append =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + $1, chain = (chain * 48271 + $9) % 2147483647 WHERE id = 1
          RETURNING epoch, next_position, chain
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at, chain)
          SELECT head.next_position - $1 + r.i - 1, $2, r.i - 1, r.i = $1, r.entity_type, r.operation, r.entity_id, r.payload,
            r.last_state, $3, head.chain
          FROM head, unnest($4, $5, $6, $7, $8) WITH ORDINALITY AS r (entity_type, operation, entity_id, payload, last_state, i)
        )
        SELECT epoch, next_position, chain FROM head
        """;

    /// <summary>
    /// The same for one row, which most commits have: cheaper to read and to run than arrays. Parameters: the commit, its time,
    /// a value for each column, and the link.
    /// </summary>
    public const string AppendOne =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + 1, chain = (chain * 48271 + $8) % 2147483647 WHERE id = 1
          RETURNING epoch, next_position, chain
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at, chain)
          SELECT head.next_position - 1, $1, 0, true, $3, $4, $5, $6, $7, $2, head.chain FROM head
        )
        SELECT epoch, next_position, chain FROM head
        """;

    /// <summary>Travels with one of the statements above.</summary>
    public const string Commit = "COMMIT";
}
