using System.Data.Common;
using Garm.Data.Engines;
using Garm.Data.Retries;
using Garm.Log.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Nodes;

/// <summary>
/// The table <c>nodes</c>. It uses hand-written statements, each in its own transaction: the time is the database's, which
/// the tracker cannot write, and two nodes with simultaneous heartbeats hold no locks that the other waits for.
/// </summary>
internal sealed class NodeRegistry(IDbContextFactory<GarmDbContext> contexts, DatabaseEngine engine) : INodeRegistry
{
    /// <summary>The greatest age of a live node's heartbeat: five missed ones, or a slow commit.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    /// <summary>The age after which a row is deleted.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    /// <summary>The timeout of a heartbeat; after it the node no longer counts as live.</summary>
    internal TimeSpan Longest { get; init; } = FreshFor;

    private const string Remove = "DELETE FROM nodes WHERE id = @id";

    private readonly string _update =
        $"UPDATE nodes SET address = @address, joined = @joined, heartbeat_at = {engine.NowMillisecondsSql} WHERE id = @id";

    private readonly string _insert =
        $"INSERT INTO nodes (id, address, joined, heartbeat_at) VALUES (@id, @address, @joined, {engine.NowMillisecondsSql})";

    private readonly string _forget =
        $"DELETE FROM nodes WHERE id <> @id AND (address = @address OR heartbeat_at < {engine.NowMillisecondsSql} - @forgotten)";

    private readonly string _select =
        $"SELECT id, address, joined FROM nodes WHERE heartbeat_at >= {engine.NowMillisecondsSql} - @fresh";

    /// <summary>The statements, for a test that parses them.</summary>
    internal IReadOnlyList<string> Statements => [_update, _insert, _forget, _select, Remove];

    /// <inheritdoc />
    public Task<IReadOnlyList<LiveNode>> BeatAsync(NodeBeat beat, CancellationToken cancellation) => BoundedWork.RunAsync(
        engine,
        contexts,
        Longest,
        async (db, inTime) =>
        {
            using (await engine.EnterWriteAsync(inTime).ConfigureAwait(false))
            {
                if (await RunAsync(db, _update, beat, cancellation).ConfigureAwait(false) == 0)
                    await RunAsync(db, _insert, beat, cancellation).ConfigureAwait(false);
                await RunAsync(db, _forget, beat, cancellation).ConfigureAwait(false);
            }

            return await ReadAsync(db, cancellation).ConfigureAwait(false);
        },
        cancellation);

    /// <inheritdoc />
    public Task RemoveAsync(NodeId id, CancellationToken cancellation) => BoundedWork.RunAsync(
        engine,
        contexts,
        Longest,
        async (db, inTime) =>
        {
            using var turn = await engine.EnterWriteAsync(inTime).ConfigureAwait(false);
            var command = Command(db, Remove, ("@id", id.Value));
            await using var commandDisposal = command.ConfigureAwait(false);
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        },
        cancellation);

    private async Task<int> RunAsync(GarmDbContext db, string sql, NodeBeat beat, CancellationToken cancellation)
    {
        var command = Command(
            db, engine.Counted(sql), ("@id", beat.Id.Value), ("@address", beat.Address), ("@joined", beat.Joined),
            ("@forgotten", (long)ForgottenAfter.TotalMilliseconds));
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<LiveNode>> ReadAsync(GarmDbContext db, CancellationToken cancellation)
    {
        var command = Command(db, _select, ("@fresh", (long)FreshFor.TotalMilliseconds));
        await using var disposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var nodes = new List<LiveNode>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            nodes.Add(new LiveNode(new NodeId(reader.GetGuid(0)), reader.GetString(1), reader.GetBoolean(2)));
        return nodes;
    }

    // Only the parameters that the statement contains: not every engine accepts others.
    private static DbCommand Command(GarmDbContext db, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        if (db.Database.GetCommandTimeout() is { } seconds) command.CommandTimeout = seconds;
        foreach (var (name, value) in parameters)
        {
            if (!sql.Contains(name, StringComparison.Ordinal)) continue;
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
