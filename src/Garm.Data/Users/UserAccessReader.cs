using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Users;

/// <summary>Reads through contexts of its own.</summary>
internal sealed class UserAccessReader(IDbContextFactory<GarmDbContext> contexts) : IUserAccessReader
{
    // Compiled, since every request asks this.
    private static readonly Func<GarmDbContext, Guid, CancellationToken, Task<UserAccess?>> Query =
        EF.CompileAsyncQuery((GarmDbContext db, Guid userId, CancellationToken _) => db.Users.AsNoTracking()
            .Where(x => x.Id == userId)
            .Select(x => new UserAccess(x.Id, x.Enabled, x.IsAdmin, x.Generation))
            .SingleOrDefault());

    public async Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        return await Query(db, userId, cancellation).ConfigureAwait(false);
    }
}
