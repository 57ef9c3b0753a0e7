using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Garm.Contracts.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Garm.Data.ChangeLog;

/// <summary>
/// Takes positions and writes log rows with two plain statements: the log is on the way of every write, and the tracker's
/// way of inserting costs several times as much.
/// </summary>
internal sealed class ChangeLogAppender(DatabaseEngine engine)
{
    private const string Columns =
        "position, commit_id, commit_index, commit_last, entity_type, operation, entity_id, payload, last_state, committed_at";

    /// <summary>SQL Server takes 2,100 parameters, and each row has ten.</summary>
    private const int RowsPerStatement = 200;

    /// <summary>Appends in the context's transaction. These must be its last statements before the commit.</summary>
    public async Task<ChangeBatch> AppendAsync(
        GarmDbContext db, Guid commitId, ImmutableArray<ChangeDraft> drafts, DateTime now, CancellationToken cancellation)
    {
        var (epoch, first) = await TakeAsync(db, drafts.Length, cancellation).ConfigureAwait(false);
        var changes = drafts
            .Select((draft, i) => new Change(
                new LogPosition(first + i), draft.EntityType, draft.Operation, draft.EntityId, draft.Payload, now)
            {
                LastState = draft.LastState,
            })
            .ToImmutableArray();

        for (var start = 0; start < changes.Length; start += RowsPerStatement)
        {
            var end = Math.Min(start + RowsPerStatement, changes.Length);
            await InsertAsync(db, commitId, changes, start, end, cancellation).ConfigureAwait(false);
        }

        return new ChangeBatch(epoch, commitId, changes);
    }

    private async Task<(LogEpoch Epoch, long First)> TakeAsync(GarmDbContext db, int count, CancellationToken cancellation)
    {
        var command = Command(db);
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = engine.TakePositionsSql;
        Add(command, "@count", count);
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellation).ConfigureAwait(false))
            throw new InvalidOperationException("change_log_head has no row: the database was not initialised");
        return (new LogEpoch(reader.GetString(0)), reader.GetInt64(1) - count);
    }

    private static async Task InsertAsync(
        GarmDbContext db, Guid commitId, ImmutableArray<Change> changes, int start, int end, CancellationToken cancellation)
    {
        var command = Command(db);
        await using var disposal = command.ConfigureAwait(false);
        var sql = new StringBuilder($"INSERT INTO change_log ({Columns}) VALUES ");
        for (var i = start; i < end; i++)
        {
            sql.Append(i == start ? "(" : ", (");
            AddRow(command, sql, commitId, i, changes);
            sql.Append(')');
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private static void AddRow(
        DbCommand command, StringBuilder sql, Guid commitId, int index, ImmutableArray<Change> changes)
    {
        var change = changes[index];
        ReadOnlySpan<object> values =
        [
            change.Position.Value, commitId, index, index == changes.Length - 1, change.EntityType.WireName(),
            change.Operation.WireName(), change.EntityId, Encoding.UTF8.GetString(change.Payload.Span),
            change.LastState.IsEmpty ? DBNull.Value : Encoding.UTF8.GetString(change.LastState.Span), change.CommittedAt.UtcDateTime,
        ];
        for (var column = 0; column < values.Length; column++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"@p{index}_{column}");
            sql.Append(column == 0 ? "" : ", ").Append(name);
            Add(command, name, values[column]);
        }
    }

    private static DbCommand Command(GarmDbContext db)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
