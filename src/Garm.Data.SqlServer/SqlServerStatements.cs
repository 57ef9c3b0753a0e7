namespace Garm.Data.SqlServer;

/// <summary>The hand-written statements for SQL Server. A test parses every one of them.</summary>
internal static class SqlServerStatements
{
    /// <summary>
    /// Takes positions, inserts the rows, writes the states and commits, in one round trip. Parameters: <c>@count</c>,
    /// <c>@commit_id</c>, <c>@committed_at</c>, <c>@link</c> and <c>@rows</c>, a JSON array of arrays (index, type, operation, id,
    /// payload, last state, before, source, the state's key, the state if it differs from the payload). Returns one row with the epoch,
    /// the next position, and the chain; no row when the log has no head, and then nothing is committed. Any error rolls back: without
    /// XACT_ABORT the batch would continue to its COMMIT.
    /// </summary>
    public const string Append =
        """
        SET NOCOUNT, XACT_ABORT ON;
        DECLARE @taken TABLE (epoch nvarchar(32) NOT NULL, next_position bigint NOT NULL, chain bigint NOT NULL);
        UPDATE change_log_head WITH (ROWLOCK)
          SET next_position = next_position + @count, chain = (chain * 48271 + @link) % 2147483647,
            state_position = CASE WHEN state_position = next_position - 1 THEN next_position + @count - 1 ELSE state_position END
          OUTPUT inserted.epoch, inserted.next_position, inserted.chain INTO @taken
          WHERE id = 1;
        DECLARE @changes TABLE (
          i int NOT NULL PRIMARY KEY, entity_type nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL, operation nvarchar(16) NOT NULL, entity_id nvarchar(256) NOT NULL,
          payload nvarchar(max) NOT NULL, last_state nvarchar(max) NULL, before nvarchar(max) NULL, source nvarchar(64) NOT NULL,
          state_key nvarchar(330) COLLATE Latin1_General_100_BIN2 NOT NULL, state nvarchar(max) NULL);
        INSERT INTO @changes
          SELECT r.i, r.entity_type, r.operation, r.entity_id, r.payload, r.last_state, r.before, r.source, r.state_key, r.state
          FROM OPENJSON(@rows) WITH (
            i int '$[0]', entity_type nvarchar(32) '$[1]', operation nvarchar(16) '$[2]', entity_id nvarchar(256) '$[3]',
            payload nvarchar(max) '$[4]', last_state nvarchar(max) '$[5]', before nvarchar(max) '$[6]', source nvarchar(64) '$[7]',
            state_key nvarchar(330) '$[8]', state nvarchar(max) '$[9]') AS r;
        INSERT INTO change_log
          (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, before, source,
           committed_at, chain)
          SELECT t.next_position - @count + r.i, @commit_id, r.i, CASE WHEN r.i = @count - 1 THEN 1 ELSE 0 END,
            r.entity_type, r.operation, r.entity_id, r.payload, r.last_state, r.before, r.source, @committed_at, t.chain
          FROM @taken AS t CROSS JOIN @changes AS r;
        DELETE s FROM entity_states AS s
          JOIN @changes AS r ON s.entity_type = r.entity_type AND s.[key] = r.state_key
          WHERE r.operation = N'delete';
        UPDATE s SET position = t.next_position - @count + r.i, payload = COALESCE(r.state, r.payload),
            created_position = CASE WHEN r.operation = N'create' THEN t.next_position - @count + r.i ELSE s.created_position END
          FROM @taken AS t CROSS JOIN entity_states AS s
          JOIN @changes AS r ON s.entity_type = r.entity_type AND s.[key] = r.state_key
          WHERE r.operation <> N'delete';
        INSERT INTO entity_states (entity_type, [key], source, entity_id, position, created_position, payload)
          SELECT r.entity_type, r.state_key, r.source, r.entity_id, t.next_position - @count + r.i,
            CASE WHEN r.operation = N'create' THEN t.next_position - @count + r.i ELSE 0 END, COALESCE(r.state, r.payload)
          FROM @taken AS t CROSS JOIN @changes AS r
          WHERE r.operation <> N'delete' AND NOT EXISTS (
            SELECT 1 FROM entity_states AS s
            WHERE s.entity_type = r.entity_type AND s.[key] = r.state_key);
        IF EXISTS (SELECT 1 FROM @taken) COMMIT TRANSACTION;
        SELECT epoch, next_position, chain FROM @taken;
        """;

    /// <summary>
    /// The same for one row, as in most commits, without JSON. Parameters: <c>@commit_id</c>,
    /// <c>@committed_at</c>, <c>@link</c>, and <c>@entity_type</c>, <c>@operation</c>, <c>@entity_id</c>, <c>@payload</c>,
    /// <c>@last_state</c>, <c>@before</c>, <c>@source</c>, <c>@state_key</c>, <c>@state</c>.
    /// </summary>
    public const string AppendOne =
        """
        SET NOCOUNT, XACT_ABORT ON;
        DECLARE @taken TABLE (epoch nvarchar(32) NOT NULL, next_position bigint NOT NULL, chain bigint NOT NULL);
        UPDATE change_log_head WITH (ROWLOCK)
          SET next_position = next_position + 1, chain = (chain * 48271 + @link) % 2147483647,
            state_position = CASE WHEN state_position = next_position - 1 THEN next_position + 1 - 1 ELSE state_position END
          OUTPUT inserted.epoch, inserted.next_position, inserted.chain INTO @taken
          WHERE id = 1;
        INSERT INTO change_log
          (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, before, source,
           committed_at, chain)
          SELECT t.next_position - 1, @commit_id, 0, 1, @entity_type, @operation, @entity_id, @payload, @last_state, @before, @source,
            @committed_at, t.chain
          FROM @taken AS t;
        IF @operation = N'delete'
          DELETE FROM entity_states WHERE entity_type = @entity_type AND [key] = @state_key;
        ELSE
        BEGIN
          UPDATE s SET position = t.next_position - 1, payload = COALESCE(@state, @payload),
              created_position = CASE WHEN @operation = N'create' THEN t.next_position - 1 ELSE s.created_position END
            FROM @taken AS t CROSS JOIN entity_states AS s
            WHERE s.entity_type = @entity_type AND s.[key] = @state_key;
          IF @@ROWCOUNT = 0
            INSERT INTO entity_states (entity_type, [key], source, entity_id, position, created_position, payload)
              SELECT @entity_type, @state_key, @source, @entity_id, t.next_position - 1,
                CASE WHEN @operation = N'create' THEN t.next_position - 1 ELSE 0 END, COALESCE(@state, @payload)
              FROM @taken AS t;
        END;
        IF EXISTS (SELECT 1 FROM @taken) COMMIT TRANSACTION;
        SELECT epoch, next_position, chain FROM @taken;
        """;

    /// <summary>
    /// Writes states, except where the table already has a newer one. Parameter: <c>@rows</c>, a JSON array of arrays (type, key, source, id,
    /// position, created position, payload, which is null when the entity was deleted).
    /// </summary>
    public const string ApplyStates =
        """
        SET NOCOUNT ON;
        DECLARE @changes TABLE (
          entity_type nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
          state_key nvarchar(330) COLLATE Latin1_General_100_BIN2 NOT NULL, source nvarchar(64) NOT NULL, entity_id nvarchar(256) NOT NULL,
          position bigint NOT NULL, created_position bigint NOT NULL, payload nvarchar(max) NULL);
        INSERT INTO @changes
          SELECT r.entity_type, r.state_key, r.source, r.entity_id, r.position, r.created_position, r.payload
          FROM OPENJSON(@rows) WITH (
            entity_type nvarchar(32) '$[0]', state_key nvarchar(330) '$[1]', source nvarchar(64) '$[2]', entity_id nvarchar(256) '$[3]',
            position bigint '$[4]', created_position bigint '$[5]', payload nvarchar(max) '$[6]') AS r;
        DELETE s FROM entity_states AS s
          JOIN @changes AS r ON s.entity_type = r.entity_type AND s.[key] = r.state_key
          WHERE r.payload IS NULL AND s.position < r.position;
        UPDATE s SET position = r.position, payload = r.payload,
            created_position = CASE WHEN r.created_position > s.created_position THEN r.created_position ELSE s.created_position END
          FROM entity_states AS s
          JOIN @changes AS r ON s.entity_type = r.entity_type AND s.[key] = r.state_key
          WHERE r.payload IS NOT NULL AND s.position < r.position;
        INSERT INTO entity_states (entity_type, [key], source, entity_id, position, created_position, payload)
          SELECT r.entity_type, r.state_key, r.source, r.entity_id, r.position, r.created_position, r.payload
          FROM @changes AS r
          WHERE r.payload IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM entity_states AS s
            WHERE s.entity_type = r.entity_type AND s.[key] = r.state_key);
        """;

    /// <summary>
    /// The database's settings: READ_COMMITTED_SNAPSHOT (0 or 1), the compatibility level, and whether there is a table (0 or
    /// 1). A login that can see only its own database sees this row.
    /// </summary>
    public const string ReadTraits =
        """
        SELECT CAST(d.is_read_committed_snapshot_on AS int), CAST(d.compatibility_level AS int),
          CASE WHEN EXISTS (SELECT 1 FROM sys.tables WHERE is_ms_shipped = 0) THEN 1 ELSE 0 END
        FROM sys.databases AS d WHERE d.database_id = DB_ID();
        """;

    /// <summary>
    /// In <c>master</c>: the state's number and name, and whether the database was created in the last minute (0 or 1). Parameter:
    /// <c>@name</c>. No row: it does not exist, or the login may not see it.
    /// </summary>
    public const string FindDatabase =
        """
        SELECT CAST(state AS int), state_desc, CASE WHEN create_date > DATEADD(minute, -1, GETDATE()) THEN 1 ELSE 0 END
        FROM sys.databases WHERE name = @name;
        """;

    /// <summary>
    /// In the database itself. It needs exclusive access for a moment. It fails when there are other connections, instead of waiting for
    /// them or ending them.
    /// </summary>
    public const string TurnSnapshotOn = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT;";

    /// <summary>
    /// The enabled triggers of some tables, with the tables. Parameter: <c>@tables</c>, a JSON array of names.
    /// </summary>
    public const string FindTriggers =
        """
        SELECT t.name, OBJECT_NAME(t.parent_id) FROM sys.triggers AS t
        WHERE t.parent_class = 1 AND t.is_disabled = 0 AND t.parent_id IN (SELECT OBJECT_ID(n.value) FROM OPENJSON(@tables) AS n)
        ORDER BY 2, 1;
        """;

    /// <summary>In <c>master</c>; it has no parameters.</summary>
    public static string CreateDatabase(string name) => $"CREATE DATABASE {Quote(name)};";

    /// <summary>The statement that the operator should run.</summary>
    public static string TurnSnapshotOnByHand(string name) => $"ALTER DATABASE {Quote(name)} SET READ_COMMITTED_SNAPSHOT ON;";

    /// <summary>The name as a quoted identifier.</summary>
    public static string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";
}
