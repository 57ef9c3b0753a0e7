using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Nodes;

/// <summary>TEMPORARY</summary>
public sealed class FormingTurn(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine) : IFormingTurn
{
    public async Task<bool> TryTakeAsync(NodeId id, TimeSpan length, CancellationToken cancellation)
    {
        var sql = $"UPDATE nodes SET address = '{id}', heartbeat_at = {engine.NowMillisecondsSql} - 20000 + {(long)length.TotalMilliseconds} WHERE id = '00000000-0000-0000-0000-000000000000' AND (address = '{id}' OR heartbeat_at < {engine.NowMillisecondsSql} - 20000)";
        var insert = $"INSERT INTO nodes (id, address, joined, heartbeat_at) VALUES ('00000000-0000-0000-0000-000000000000', '{id}', 0, {engine.NowMillisecondsSql} - 20000 + {(long)length.TotalMilliseconds})";
        if (await RunAsync(sql, cancellation).ConfigureAwait(false) > 0) return true;
        try
        {
            return await RunAsync(insert, cancellation).ConfigureAwait(false) > 0;
        }
        catch (Exception e) when (engine.IsUniqueViolation(e))
        {
            return false;
        }
    }

    public Task ReturnAsync(NodeId id, CancellationToken cancellation) =>
        RunAsync($"DELETE FROM nodes WHERE address = '{id}'", cancellation);

    private async Task<int> RunAsync(string sql, CancellationToken cancellation)
    {
        using var turn = await engine.EnterWriteAsync(cancellation).ConfigureAwait(false);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        await db.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
