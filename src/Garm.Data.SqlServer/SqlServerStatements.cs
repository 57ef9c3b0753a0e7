namespace Garm.Data.SqlServer;

/// <summary>What is written by hand for SQL Server. A test parses every one of them.</summary>
internal static class SqlServerStatements
{
    /// <summary>
    /// Takes positions and inserts the rows, in one round trip. Parameters: <c>@count</c>, <c>@commit_id</c>,
    /// <c>@committed_at</c>, <c>@link</c> and <c>@rows</c>, a JSON array of arrays (index, type, operation, id, payload, last
    /// state); one row with the epoch, the position that follows, and the chain.
    /// </summary>
    public const string Append =
        """
        SET NOCOUNT ON;
        DECLARE @taken TABLE (epoch nvarchar(32) NOT NULL, next_position bigint NOT NULL, chain bigint NOT NULL);
        UPDATE change_log_head WITH (ROWLOCK)
          SET next_position = next_position + @count, chain = (chain * 48271 + @link) % 2147483647
          OUTPUT inserted.epoch, inserted.next_position, inserted.chain INTO @taken
          WHERE id = 1;
        INSERT INTO change_log
          (position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at, chain)
          SELECT t.next_position - @count + r.i, @commit_id, r.i, CASE WHEN r.i = @count - 1 THEN 1 ELSE 0 END,
            r.entity_type, r.operation, r.entity_id, r.payload, r.last_state, @committed_at, t.chain
          FROM @taken AS t CROSS JOIN OPENJSON(@rows) WITH (
            i int '$[0]', entity_type nvarchar(32) '$[1]', operation nvarchar(16) '$[2]', entity_id nvarchar(256) '$[3]',
            payload nvarchar(max) '$[4]', last_state nvarchar(max) '$[5]') AS r;
        SELECT epoch, next_position, chain FROM @taken;
        """;
}
