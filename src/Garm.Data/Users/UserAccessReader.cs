using Microsoft.EntityFrameworkCore;

namespace Garm.Data.Users;

/// <summary>Reads through contexts of its own.</summary>
internal sealed class UserAccessReader(IDbContextFactory<GarmDbContext> contexts) : IUserAccessReader
{
    public async Task<UserAccess?> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var disposal = db.ConfigureAwait(false);
        return await db.Users.AsNoTracking().Where(x => x.Id == userId)
            .Select(x => new UserAccess(x.Id, x.Enabled, x.IsAdmin, x.Generation))
            .SingleOrDefaultAsync(cancellation).ConfigureAwait(false);
    }
}
