using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.ChangeLog;

/// <summary>
/// Refuses statements that bypass the change tracker (bulk updates and deletes, raw SQL): they would change a watched
/// table without a log row. Queries, saves and migrations are allowed.
/// <para>
/// The hub's own statements on unwatched tables (leases, the log's retention and epoch, keys) use
/// <see cref="Sql.Statement"/>, which this interceptor does not see. It is internal to this project. The only columns of watched
/// tables that it writes are sealed secrets when they are encrypted again, because no payload shows them.
/// <see cref="Writes.SharedUpdates"/> has a statement of its own for tracked changes, with their log rows.
/// </para>
/// </summary>
internal sealed class ChangeLogGuard : DbCommandInterceptor
{
    public static ChangeLogGuard Instance { get; } = new();

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Check(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Check(eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Check(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Check(eventData);
        return ValueTask.FromResult(result);
    }

    private static void Check(CommandEventData data)
    {
        if (data.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete
            or CommandSource.ExecuteSqlRaw or CommandSource.FromSqlQuery)
        {
            throw new NotSupportedException(
                $"{data.CommandSource} bypasses the change log: change tracked entities and call SaveChangesAsync");
        }
    }
}
