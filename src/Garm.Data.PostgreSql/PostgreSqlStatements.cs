namespace Garm.Data.PostgreSql;

/// <summary>The hand-written statements for PostgreSQL.</summary>
internal static class PostgreSqlStatements
{
    /// <summary>
    /// Takes positions, inserts the rows and writes the states, in one statement. Parameters: the number of rows, the commit, its
    /// time, the commit's link, and an array for each column (type, operation, id, payload, last state, before, source, the state's
    /// key, the state if it differs from the payload). Returns one row with the epoch, the next position, and the chain.
    /// </summary>
    public const string Append =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + $1, chain = (chain * 48271 + $4) % 2147483647,
            state_position = CASE WHEN state_position = next_position - 1 THEN next_position + $1 - 1 ELSE state_position END
          WHERE id = 1
          RETURNING epoch, next_position, chain
        ), rows AS (
          SELECT r.*, head.next_position - $1 + r.i - 1 AS position, head.chain
          FROM head, unnest($5, $6, $7, $8, $9, $10, $11, $12, $13) WITH ORDINALITY
            AS r (entity_type, operation, entity_id, payload, last_state, before, source, key, state, i)
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, before, source,
             committed_at, chain)
          SELECT position, $2, i - 1, i = $1, entity_type, operation, entity_id, payload, last_state, before, source, $3, chain
          FROM rows
        ), removed AS (
          DELETE FROM entity_states AS s USING rows AS r
          WHERE r.operation = 'delete' AND s.entity_type = r.entity_type AND s.key = r.key
        ), stored AS (
          INSERT INTO entity_states AS s (entity_type, key, source, entity_id, position, created_position, payload)
          SELECT entity_type, key, source, entity_id, position, CASE WHEN operation = 'create' THEN position ELSE 0 END,
            COALESCE(state, payload)
          FROM rows WHERE operation <> 'delete'
          ON CONFLICT (entity_type, key) DO UPDATE SET position = excluded.position, payload = excluded.payload,
            created_position = GREATEST(s.created_position, excluded.created_position)
        )
        SELECT epoch, next_position, chain FROM head
        """;

    /// <summary>
    /// The same for one row that creates or changes an entity, as in most commits: cheaper to parse and to run than arrays.
    /// Parameters: the commit, its time, the link, and a value for each column.
    /// </summary>
    public const string AppendOne = AppendOneRow +
        """
        , stored AS (
          INSERT INTO entity_states AS s (entity_type, key, source, entity_id, position, created_position, payload)
          SELECT $4, $11, $10, $6, next_position - 1, CASE WHEN $5 = 'create' THEN next_position - 1 ELSE 0 END, COALESCE($12, $7) FROM head
          ON CONFLICT (entity_type, key) DO UPDATE SET position = excluded.position, payload = excluded.payload,
            created_position = GREATEST(s.created_position, excluded.created_position)
        )
        SELECT epoch, next_position, chain FROM head
        """;

    /// <summary>The same for one deletion. Parameters: as before, without the state.</summary>
    public const string AppendOneDeletion = AppendOneRow +
        """
        , removed AS (
          DELETE FROM entity_states WHERE entity_type = $4 AND key = $11
        )
        SELECT epoch, next_position, chain FROM head
        """;

    /// <summary>
    /// As <see cref="Append"/>, for several commits that each update one entity. Parameters: the number of commits, their time, the step of
    /// the head's chain (factor, addend), an array of the commits, arrays of the steps from the head's new chain back to each commit's
    /// (factor, addend), and an array for each column (type, id, payload, last state, before, source, the state's key, the state if it
    /// differs from the payload).
    /// </summary>
    public const string AppendUpdates =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + $1, chain = (chain * $3 + $4) % 2147483647,
            state_position = CASE WHEN state_position = next_position - 1 THEN next_position + $1 - 1 ELSE state_position END
          WHERE id = 1
          RETURNING epoch, next_position, chain
        ), rows AS (
          SELECT r.*, head.next_position - $1 + r.i - 1 AS position, (head.chain * r.factor + r.addend) % 2147483647 AS chain
          FROM head, unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY
            AS r (commit_id, factor, addend, entity_type, entity_id, payload, last_state, before, source, key, state, i)
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, before, source,
             committed_at, chain)
          SELECT position, commit_id, 0, true, entity_type, 'update', entity_id, payload, last_state, before, source, $2, chain
          FROM rows
        ), stored AS (
          INSERT INTO entity_states AS s (entity_type, key, source, entity_id, position, created_position, payload)
          SELECT entity_type, key, source, entity_id, position, 0, COALESCE(state, payload) FROM rows
          ON CONFLICT (entity_type, key) DO UPDATE SET position = excluded.position, payload = excluded.payload
        )
        SELECT epoch, next_position, chain FROM head
        """;

    /// <summary>
    /// Writes states, except where the table already has a newer one. Parameters: an array for each of type, key, source, id, position,
    /// created position and payload, which is null when the entity was deleted.
    /// </summary>
    public const string ApplyStates =
        """
        WITH rows AS (
          SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) AS r (entity_type, key, source, entity_id, position, created_position, payload)
        ), removed AS (
          DELETE FROM entity_states AS s USING rows AS r
          WHERE r.payload IS NULL AND s.entity_type = r.entity_type AND s.key = r.key AND s.position < r.position
        )
        INSERT INTO entity_states AS s (entity_type, key, source, entity_id, position, created_position, payload)
        SELECT entity_type, key, source, entity_id, position, created_position, payload FROM rows WHERE payload IS NOT NULL
        ON CONFLICT (entity_type, key) DO UPDATE SET position = excluded.position, payload = excluded.payload,
          created_position = GREATEST(s.created_position, excluded.created_position)
        WHERE s.position < excluded.position
        """;

    /// <summary>Sent in the same batch as one of the appending statements.</summary>
    public const string Commit = "COMMIT";

    private const string AppendOneRow =
        """
        WITH head AS (
          UPDATE change_log_head SET next_position = next_position + 1, chain = (chain * 48271 + $3) % 2147483647,
            state_position = CASE WHEN state_position = next_position - 1 THEN next_position ELSE state_position END
          WHERE id = 1
          RETURNING epoch, next_position, chain
        ), appended AS (
          INSERT INTO change_log
            (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, before, source,
             committed_at, chain)
          SELECT head.next_position - 1, $1, 0, true, $4, $5, $6, $7, $8, $9, $10, $2, head.chain FROM head
        )
        """;
}
