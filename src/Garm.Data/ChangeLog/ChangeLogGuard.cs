using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Garm.Data.ChangeLog;

/// <summary>
/// Refuses the statements that pass the change tracker (bulk updates and deletes, raw SQL): they would change a watched
/// table without the log knowing. Queries, saves and migrations go through.
/// <para>
/// The hub's own bookkeeping in unwatched tables (leases, the log's retention and epoch, keys) is done with
/// <see cref="Sql.Statement"/>, which this interceptor does not see: it is internal to this project, and nothing of it
/// names a watched table, but for the columns of sealed secrets when they are sealed anew: no payload shows them.
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
                $"{data.CommandSource} goes round the change log: change tracked entities and call SaveChangesAsync");
        }
    }
}
