using System.Data;
using Garm.Log.Users;
using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Users;

/// <summary>
/// Reads a user's access, each time through a new context. Every request needs this, and it is one row by its key; a hand-written
/// statement costs half of an EF Core query.
/// </summary>
internal sealed class UserAccessReader(IDbContextFactory<GarmDbContext> contexts) : IUserAccessReader
{
    internal const string ReadSql = "SELECT enabled, is_admin, generation, username FROM users WHERE id = @id";

    public async Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        await db.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await ReadAsync(db, userId, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await db.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private static async Task<UserAccess?> ReadAsync(GarmDbContext db, Guid userId, CancellationToken cancellation)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = ReadSql;
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", userId);
        command.Parameters.Add(id);
        var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation).ConfigureAwait(false);
        await using var rowDisposal = row.ConfigureAwait(false);
        return await row.ReadAsync(cancellation).ConfigureAwait(false)
            ? new UserAccess(userId, row.GetBoolean(0), row.GetBoolean(1), row.GetInt64(2)) { Username = row.GetString(3) }
            : null;
    }
}
